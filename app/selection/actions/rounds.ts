import { record } from '#audit/actions/record'
import { isWorkday } from '#calendar/domain/working_days'
import { loadCalendar } from '#calendar/queries/load_calendar'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { hasReached, ROUND_MOVES, type TieKey } from '../domain/rounds.js'
import { roundById, type RoundRow } from '../queries/rounds.js'
import { roundTarget } from '../reach.js'
import { freshSalt } from '../sealing.js'

const refuse: Refuse = refusing('selection')

export interface RoundInput {
  name: string
  unitId: number
  documentId: number
  previousId: number | null
  preferencesFrom: string
  preferencesUntil: string
  rankingUntil: string
  publicityDays: number
  objectionDays: number
  confirmationDays: number
  maxPreferences: number
  tieKeys: TieKey[]
}

/** Makes a round in preparation; returns its id. */
export async function createRound(input: RoundInput, actor: Actor, trx?: Trx): Promise<number> {
  await checkDates(input, trx)
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.unitId, clock.today())
    await checkPrevious(client, input.previousId, actor)
    const id = await insertRow(client, 'selection_rounds', {
      ...columnsOf(input),
      number: `new-${crypto.randomUUID()}`,
      state: 'preparation',
      sealed: true,
      salt_sealed: freshSalt(),
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `SX${clock.today().slice(0, 4)}-${String(id).padStart(3, '0')}`
    await client.from('selection_rounds').where('id', id).update({ number })
    await write(client, actor, id, 'created', { number, name: input.name })
    return id
  }, trx)
}

/** Changes a round in preparation; what was approved has to be approved anew. */
export async function editRound(
  input: RoundInput & { roundId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await checkDates(input, trx)
  await inTransaction(async (client) => {
    const { roundId: id, version } = input
    await assertUnitAlive(client, input.unitId, clock.today())
    const { previousId } = await roundById(id, client)
    if (input.previousId !== previousId) await checkPrevious(client, input.previousId, actor)
    const values = { ...columnsOf(input), approved_by: null, approved_at: null }
    await moveState(client, 'selection_rounds', { id, version }, ROUND_MOVES, 'edit', values)
    await write(client, actor, id, 'edited', { name: input.name })
  }, trx)
}

/**
 * Later days for phases that are still to end, with the reason; never a day that is over. A ranking in
 * which scores are missing when its day ends waits for such a day.
 */
export async function reschedule(
  input: {
    roundId: number
    version: number
    preferencesUntil: string
    rankingUntil: string
    reason: string
    grant?: ActiveGrant | null
  },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const round = await roundById(input.roundId, client)
    const next = { preferencesUntil: input.preferencesUntil, rankingUntil: input.rankingUntil }
    if (round.state === 'preferences') {
      if (next.preferencesUntil < round.preferencesUntil) refuse('preferences_until', 'not_earlier')
    } else if (round.state !== 'ranking' || next.preferencesUntil !== round.preferencesUntil) {
      throw new DomainError('selection.errors.phase_over')
    }
    if (next.rankingUntil < round.rankingUntil) refuse('ranking_until', 'not_earlier')
    if (next.rankingUntil < clock.today()) refuse('ranking_until', 'day_over')
    await checkDates({ ...round, ...next }, client)
    const changed = await client
      .from('selection_rounds')
      .where({ id: round.id, version: input.version, state: round.state })
      .update({
        preferences_until: next.preferencesUntil,
        ranking_until: next.rankingUntil,
        version: input.version + 1,
        updated_at: clock.now(),
      })
    if (Number(changed) !== 1) throw new DomainError('selection.errors.phase_over')
    await write(
      client,
      actor,
      round.id,
      'rescheduled',
      {
        preferences_until: [round.preferencesUntil, next.preferencesUntil],
        ranking_until: [round.rankingUntil, next.rankingUntil],
        reason: input.reason,
      },
      input.grant
    )
  }, trx)
}

/** The round while posts, scorers and people may still be changed; opens it for the change. */
export async function openForChange(
  trx: Trx,
  roundId: number,
  version?: number
): Promise<RoundRow> {
  const round = await roundById(roundId, trx)
  const values = { approved_by: null, approved_at: null }
  const at = { id: roundId, version: version ?? round.version }
  await moveState(trx, 'selection_rounds', at, ROUND_MOVES, 'edit', values)
  return roundById(roundId, trx)
}

/**
 * A round follows one that is public and not closed: that one knows whom it leaves over. Who prepares
 * reaches both.
 */
async function checkPrevious(trx: Trx, previousId: number | null, actor: Actor) {
  if (previousId === null) return
  const row = await trx.from('selection_rounds').where('id', previousId).first()
  if (row) {
    const target = { id: Number(row.id), unitId: Number(row.unit_id) }
    actor.authorize('selection.prepare', roundTarget(target))
  }
  const fits = row && hasReached(row.state, 'confirmation') && row.state !== 'closed'
  if (!fits) refuse('previous_id', 'previous_unfit')
}

async function checkDates(
  input: Pick<RoundInput, 'preferencesFrom' | 'preferencesUntil' | 'rankingUntil'>,
  trx?: Trx
) {
  const calendar = await loadCalendar(trx)
  const days = {
    preferences_from: input.preferencesFrom,
    preferences_until: input.preferencesUntil,
    ranking_until: input.rankingUntil,
  }
  for (const [field, day] of Object.entries(days)) {
    if (!isWorkday(calendar, day)) refuse(field, 'not_a_workday', { date: day })
  }
  if (input.preferencesUntil < input.preferencesFrom) refuse('preferences_until', 'wrong_order')
  if (input.rankingUntil <= input.preferencesUntil) refuse('ranking_until', 'wrong_order')
}

function columnsOf(input: RoundInput): Row {
  return {
    name: input.name,
    unit_id: input.unitId,
    document_id: input.documentId,
    previous_id: input.previousId,
    preferences_from: input.preferencesFrom,
    preferences_until: input.preferencesUntil,
    ranking_until: input.rankingUntil,
    publicity_days: input.publicityDays,
    objection_days: input.objectionDays,
    confirmation_days: input.confirmationDays,
    max_preferences: input.maxPreferences,
    tie_keys: JSON.stringify(input.tieKeys),
  }
}

function write(
  trx: Trx,
  actor: Actor,
  roundId: number,
  done: string,
  changes: Row,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `selection.round.${done}`,
    subjectType: 'selection_round',
    subjectId: roundId,
    changes,
    grant,
  })
}
