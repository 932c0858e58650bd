import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Row, type Trx } from '#shared/database'

export interface BoundGrants {
  bound: number
  /** Grants of somebody employed that were not: user name and role, for whoever looks at them. */
  left: { username: string; role: string }[]
}

/**
 * Binds grants without an assignment, one by one and on record: of a unit or a department, to a
 * holder whose main assignment is in that unit today and was when the grant began. Nothing
 * changes today; the grant ends with it from now on. What is not that clear is left and told.
 */
export async function bindGrants(actor: Actor): Promise<BoundGrants> {
  return inTransaction(async (trx) => {
    const left: BoundGrants['left'] = []
    let bound = 0
    for (const grant of await unboundGrants(trx)) {
      if (belongs(grant)) {
        await bind(trx, grant, actor)
        bound += 1
      } else left.push({ username: grant.username, role: grant.role })
    }
    return { bound, left }
  })
}

/** Of people who are employed, with their main assignment today and the unit of the grant's place. */
async function unboundGrants(trx: Trx): Promise<Row[]> {
  const today = clock.today()
  return trx
    .from('grants as g')
    .join('users as u', 'u.id', 'g.user_id')
    .join('assignments as a', (join) => {
      join.on('a.person_id', 'u.person_id').andOnVal('a.kind', 'main').andOnVal('a.live', 1)
    })
    .leftJoin('departments as d', 'd.id', 'g.scope_id')
    .where('a.valid_from', '<=', today)
    .where((open) => open.whereNull('a.valid_to').orWhere('a.valid_to', '>', today))
    .whereNull('g.assignment_id')
    .whereIn('g.state', ['proposed', 'active'])
    .where((open) => open.whereNull('g.valid_to').orWhere('g.valid_to', '>', today))
    .orderBy('g.id')
    .forUpdate()
    .select('g.id', 'g.user_id', 'g.role', 'g.scope', 'g.scope_id', 'g.valid_from', 'g.version')
    .select('u.username', 'a.id as assignment_id', 'a.unit_id', 'a.valid_from as begins_on')
    .select('d.unit_id as department_unit_id')
}

function belongs({ scope, ...grant }: Row): boolean {
  if (!['department', 'unit', 'unit_successors'].includes(scope)) return false
  const unitId = scope === 'department' ? grant.department_unit_id : grant.scope_id
  return Number(unitId) === Number(grant.unit_id) && grant.begins_on <= grant.valid_from
}

async function bind(trx: Trx, grant: Row, actor: Actor) {
  const assignmentId = Number(grant.assignment_id)
  await trx
    .from('grants')
    .where('id', grant.id)
    .update({
      assignment_id: assignmentId,
      version: Number(grant.version) + 1,
      updated_at: clock.now(),
    })
  await record(trx, actor, {
    action: 'accounts.grant.bound',
    subjectType: 'user',
    subjectId: Number(grant.user_id),
    changes: { grantId: Number(grant.id), role: grant.role, assignment: assignmentId },
  })
}
