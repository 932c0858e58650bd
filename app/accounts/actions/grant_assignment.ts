import type { Scope } from '#shared/actor'
import { clock } from '#shared/clock'
import type { Trx } from '#shared/database'

/**
 * The assignment that a grant is bound to: the holder's in the unit where it reaches (a secondment
 * too), else the main one, today or to come; null for who is employed nowhere.
 */
export async function assignmentBehind(
  trx: Trx,
  userId: number,
  unitId: number | null
): Promise<number | null> {
  const rows = await trx
    .from('assignments')
    .join('users', 'users.person_id', 'assignments.person_id')
    .where({ 'users.id': userId, 'assignments.live': 1 })
    .where((open) =>
      open.whereNull('assignments.valid_to').orWhere('assignments.valid_to', '>', clock.today())
    )
    .orderBy('assignments.valid_from')
    .orderBy('assignments.id')
    .select('assignments.id', 'assignments.kind', 'assignments.unit_id')
  const there = rows.find((row) => Number(row.unit_id) === unitId)
  const behind = there ?? rows.find(({ kind }) => kind === 'main')
  return behind ? Number(behind.id) : null
}

/** The unit of a grant's place, null where it reaches none in particular. */
export async function unitOfPlace(trx: Trx, scope: Scope, scopeId: number | null) {
  if (scopeId === null) return null
  if (scope !== 'department') return scopeId
  const department = await trx.from('departments').where('id', scopeId).firstOrFail()
  return Number(department.unit_id)
}
