import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { applicationList, particularsOf } from '../queries/applications.js'
import { recruitmentById, type RecruitmentRow } from '../queries/recruitments.js'
import { holdPlanOf, sharePlan } from './hold_plan.js'
import { logPlan, refuse } from './log.js'
import { assertPanelOpen } from './stage_open.js'

/** Puts an examiner on the panel until the interview is closed; returns the id. */
export async function addExaminer(
  input: {
    recruitmentId: number
    name: string
    organization: string | null
    personId: number | null
  },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await sharePlan(client, input.recruitmentId)
    const plan = await recruitmentById(input.recruitmentId, client)
    assertPanelOpen(plan)
    try {
      const id = await insertRow(client, 'recruitment_examiners', {
        recruitment_id: plan.id,
        name: input.name,
        organization: input.organization,
        person_id: input.personId,
        created_at: clock.now(),
      })
      await recuseByFacts(client, plan, { ...input, id })
      await logPlan(client, actor, 'examiner_added', plan.id, { name: input.name })
      return id
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      return refuse('examiner_known', { name: input.name })
    }
  }, trx)
}

/**
 * 回避: the examiner does not score the applicant, and what was entered for the pair is gone. Whoever
 * enters scores meanwhile waits, or is waited for.
 */
export async function recuse(
  input: { applicationId: number; examinerId: number; reason: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await holdPlanOf(client, input.applicationId)
    const examiner = await client
      .from('recruitment_examiners')
      .where('id', input.examinerId)
      .firstOrFail()
    const plan = await recruitmentById(Number(examiner.recruitment_id), client)
    assertPanelOpen(plan)
    await writeRecusal(client, input)
    await client
      .from('recruitment_scores')
      .where('application_id', input.applicationId)
      .whereIn(
        'entry_id',
        client.from('recruitment_entries').where('examiner_id', input.examinerId).select('id')
      )
      .delete()
    await logPlan(client, actor, 'recused', plan.id, {
      name: examiner.name,
      application: input.applicationId,
      reason: input.reason,
    })
  }, trx)
}

/** The applicant's own examiner: the same person on record, or named among the relatives. */
async function recuseByFacts(
  trx: Trx,
  plan: RecruitmentRow,
  examiner: { id: number; name: string; personId: number | null }
) {
  for (const application of await applicationList({ recruitmentId: plan.id }, trx)) {
    const { relatives } = await particularsOf(application.id, trx)
    const same = examiner.personId !== null && application.personId === examiner.personId
    if (!same && !relatives.includes(examiner.name)) continue
    const reason = same ? '本人' : relatives.slice(0, 500)
    await writeRecusal(trx, { applicationId: application.id, examinerId: examiner.id, reason })
  }
}

async function writeRecusal(
  trx: Trx,
  input: { applicationId: number; examinerId: number; reason: string }
) {
  const key = { application_id: input.applicationId, examiner_id: input.examinerId }
  if (await trx.from('recruitment_recusals').where(key).first()) return
  await insertRow(trx, 'recruitment_recusals', {
    ...key,
    reason: input.reason,
    created_at: clock.now(),
  })
}
