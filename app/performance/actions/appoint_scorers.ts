import { grantsInForce } from '#accounts/queries/grants_in_force'
import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, insertRow, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ScorerRole } from '../domain/codes.js'
import { OPEN_STATES } from '../domain/cycle_states.js'
import { cycleUnits, type CycleRow } from '../queries/cycles.js'
import { lockCycle } from './lock_cycle.js'

/** Everybody who holds the grant of a manager or scorer today is appointed when scoring opens. */
export async function appointScorers(trx: Trx, cycle: CycleRow) {
  const units = new Set((await cycleUnits(cycle.id, trx)).map(({ id }) => id))
  const grants = await grantsInForce(
    (query) =>
      query
        .leftJoin('departments', (join) =>
          join.on('departments.id', 'grants.scope_id').andOnVal('grants.scope', 'department')
        )
        .whereIn('grants.role', ['department_manager', 'scorer'])
        .whereIn('grants.scope', ['department', 'unit', 'all'])
        .select('departments.unit_id as department_unit'),
    trx
  )
  for (const grant of grants) {
    const unitId = grant.scope === 'unit' ? Number(grant.scope_id) : null
    const departmentId = grant.scope === 'department' ? Number(grant.scope_id) : null
    const home = unitId ?? (departmentId ? Number(grant.department_unit) : null)
    if (home !== null && !units.has(home)) continue
    await insertOnce(trx, cycle.id, {
      userId: Number(grant.user_id),
      role: grant.role === 'department_manager' ? 'manager' : 'peer',
      unitId,
      departmentId,
    })
  }
}

export interface ScorerInput {
  userId: number
  role: ScorerRole
  unitId: number | null
  departmentId: number | null
}

/** Appoints one more scorer for a department, a unit or everybody. */
export async function addScorer(input: ScorerInput & { cycleId: number }, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await lockCycle(client, input.cycleId, OPEN_STATES)
    if (!(await insertOnce(client, input.cycleId, input))) {
      throw new DomainError('performance.errors.scorer_twice')
    }
    await record(client, actor, {
      action: 'performance.scorer.added',
      subjectType: 'review_cycle',
      subjectId: input.cycleId,
      changes: { user: input.userId, role: input.role },
    })
  }, trx)
}

/** Takes an appointment back; one who has scored already stays on record. */
export async function removeScorer(
  input: { cycleId: number; scorerId: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await lockCycle(client, input.cycleId, OPEN_STATES)
    const scorer = await client
      .from('cycle_scorers')
      .where({ id: input.scorerId, cycle_id: input.cycleId })
      .firstOrFail()
    const used = await client
      .from('scorings')
      .join('scorecards', 'scorecards.id', 'scorings.scorecard_id')
      .where({ 'scorecards.cycle_id': input.cycleId, 'scorings.user_id': scorer.user_id })
      .first()
    if (used) throw new DomainError('performance.errors.scorer_has_scored')
    await client.from('cycle_scorers').where('id', input.scorerId).delete()
    await record(client, actor, {
      action: 'performance.scorer.removed',
      subjectType: 'review_cycle',
      subjectId: input.cycleId,
      changes: { user: Number(scorer.user_id), role: scorer.role },
    })
  }, trx)
}

/** NULL is no value to a unique key, so the same appointment is looked for by hand as well. */
async function insertOnce(trx: Trx, cycleId: number, input: ScorerInput): Promise<boolean> {
  const place = { unit_id: input.unitId, department_id: input.departmentId }
  const known = await trx
    .from('cycle_scorers')
    .where({ cycle_id: cycleId, user_id: input.userId, ...place })
    .first()
  if (known) return false
  try {
    await insertRow(trx, 'cycle_scorers', {
      cycle_id: cycleId,
      user_id: input.userId,
      role: input.role,
      ...place,
      created_at: clock.now(),
    })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}
