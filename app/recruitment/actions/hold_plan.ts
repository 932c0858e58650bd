import type { Trx } from '#shared/database'

/**
 * Takes the plan's row before anything is read: what closes a stage, ranks or moves on goes one after
 * the other. Nothing may be read before, for MySQL shows a transaction the others' work as it was at
 * its first plain read.
 */
export async function holdPlan(trx: Trx, recruitmentId: number) {
  await trx.from('recruitments').where('id', recruitmentId).forUpdate().select('id')
}

/** Many may share it, and meanwhile nobody closes a stage or moves the plan. */
export async function sharePlan(trx: Trx, recruitmentId: number) {
  await trx.from('recruitments').where('id', recruitmentId).forShare().select('id')
}

/** The plan of an application, in one locking read. */
export async function holdPlanOf(trx: Trx, applicationId: number) {
  await planOf(trx, applicationId).forUpdate()
}

/** The same, shared. */
export async function sharePlanOf(trx: Trx, applicationId: number) {
  await planOf(trx, applicationId).forShare()
}

/** The plan whose score a change is about. */
export async function holdPlanOfChange(trx: Trx, changeId: number) {
  await trx
    .from('recruitment_score_changes as c')
    .join('recruitment_applications as a', 'a.id', 'c.application_id')
    .join('recruitments as r', 'r.id', 'a.recruitment_id')
    .where('c.id', changeId)
    .forUpdate()
    .select('r.id')
}

/** The plan of one of its posts, in one locking read. */
export async function holdPlanOfPost(trx: Trx, recruitmentPostId: number) {
  await trx
    .from('recruitment_posts as p')
    .join('recruitments as r', 'r.id', 'p.recruitment_id')
    .where('p.id', recruitmentPostId)
    .forUpdate()
    .select('r.id')
}

function planOf(trx: Trx, applicationId: number) {
  return trx
    .from('recruitment_applications as a')
    .join('recruitments as r', 'r.id', 'a.recruitment_id')
    .where('a.id', applicationId)
    .select('r.id')
}
