import { record } from '#audit/actions/record'
import { publicityPeriod } from '#calendar/domain/publicity'
import { addWorkdays, type CalendarDays } from '#calendar/domain/working_days'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { ROUND_MOVES } from '../domain/rounds.js'
import { participantsOf } from '../queries/participants.js'
import { changesOf, matchingById } from '../queries/results.js'
import { roundById, type RoundRow } from '../queries/rounds.js'
import { holdRound } from './hold_round.js'

/**
 * Publishes the result (公示): the period counts working days from the next one, and confirmation
 * follows it. A result that the checker found unstable is published only with its exceptions.
 */
export async function publishResult(
  input: { roundId: number; version: number; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
) {
  const calendar = await loadCalendar()
  await inTransaction(async (client) => {
    const round = await roundById(input.roundId, client)
    if (round.matchingId === null) throw new DomainError('selection.errors.no_result')
    const { check } = await matchingById(round.matchingId, client)
    if (!check.stable) throw new DomainError('selection.errors.not_stable')
    const period = publicityPeriod(calendar, clock.today(), round.publicityDays)
    await moveState(
      client,
      'selection_rounds',
      { id: round.id, version: input.version },
      ROUND_MOVES,
      'publish',
      {
        publicity_from: period.from,
        publicity_until: period.to,
        confirmation_until: addWorkdays(calendar, period.to, round.confirmationDays),
      }
    )
    await client
      .from('selection_matchings')
      .where('id', round.matchingId)
      .update({ published_at: clock.now() })
    await record(client, actor, {
      action: 'selection.round.publish',
      subjectType: 'selection_round',
      subjectId: round.id,
      changes: { publicity_from: period.from, publicity_until: period.to },
      grant: input.grant,
    })
  }, trx)
}

/**
 * A changed result is published for those whom it changes. While publicity lasts, the full period
 * begins again for them, also for who only lost a place; in confirmation who got a place has the full
 * time to answer. Without a change the days stay.
 */
export async function publishChanges(
  trx: Trx,
  actor: Actor,
  roundId: number,
  calendar: CalendarDays
) {
  const round = await roundById(roundId, trx)
  const matching = await matchingById(round.matchingId!, trx)
  const changes = await changesOf(matching, trx)
  const today = clock.today()
  const later = (day: string, other: string | null) => (other && other > day ? other : day)
  if (round.state === 'publicity' && changes.length > 0) {
    const { to } = publicityPeriod(calendar, today, round.publicityDays)
    const until = later(to, round.publicityUntil)
    const confirmation = addWorkdays(calendar, until, round.confirmationDays)
    await setDays({ publicity_until: until, confirmation_until: confirmation }, changes.length)
  }
  const risen = changes.filter(({ to }) => to !== null)
  if (round.state === 'confirmation' && risen.length > 0) {
    const day = addWorkdays(calendar, today, round.confirmationDays)
    await setDays({ confirmation_until: later(day, round.confirmationUntil) }, risen.length)
  }

  async function setDays(days: Record<string, string>, people: number) {
    await trx.from('selection_rounds').where('id', roundId).update(days)
    await record(trx, actor, {
      action: 'selection.round.changes_published',
      subjectType: 'selection_round',
      subjectId: roundId,
      changes: { run: matching.run, people, ...days },
    })
  }
}

/** The round ends when everybody is settled. */
export async function closeRound(
  input: { roundId: number; version: number; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await holdRound(client, input.roundId)
    const round = await roundById(input.roundId, client)
    await refuseUnsettled(client, round)
    const at = { id: round.id, version: input.version }
    await moveState(client, 'selection_rounds', at, ROUND_MOVES, 'close')
    await record(client, actor, {
      action: 'selection.round.close',
      subjectType: 'selection_round',
      subjectId: round.id,
      changes: { state: [round.state, 'closed'] },
      grant: input.grant,
    })
  }, trx)
}

async function refuseUnsettled(trx: Trx, round: RoundRow) {
  const open = await trx
    .from('selection_arrangements')
    .where({ round_id: round.id, state: 'open' })
    .count('* as total')
  const people = await participantsOf(round.id, trx)
  const waiting = people.filter(({ answer, engaged }) => answer === 'signed' && !engaged)
  const count = Number(open[0].total) + waiting.length
  if (count > 0) throw new DomainError('selection.errors.unsettled', { count })
}
