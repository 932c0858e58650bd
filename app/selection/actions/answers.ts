import { record } from '#audit/actions/record'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inChunks, inTransaction, type Trx } from '#shared/database'
import { DomainError, StaleError } from '#shared/errors'
import { participantById, type Participant } from '../queries/participants.js'
import { resultOfPerson, resultsOf } from '../queries/results.js'
import { roundById, type RoundRow } from '../queries/rounds.js'
import { syncArrangements } from './arrangements.js'
import { holdRoundOf } from './hold_round.js'
import { publishChanges } from './publish.js'
import { runMatching } from './run_matching.js'

export interface AnswerInput {
  participantId: number
  version: number
  /** On paper: where the signed form lies, written by HR. Null: the person's own word. */
  note: string | null
}

/**
 * The person takes the place (确认): from now on it stays, whoever else leaves. For a post of a company
 * this is the consent to be engaged there (重新聘用).
 */
export async function signPlace(input: AnswerInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const { person, round } = await load(client, input.participantId)
    // In the arrangement only who was placed there since has still to answer.
    if (round.state !== 'confirmation' && round.state !== 'arrangement') {
      throw new DomainError('selection.errors.no_confirmation')
    }
    const result = await resultOfPerson(round.matchingId, person.id, client)
    if (!result?.postId) throw new DomainError('selection.errors.no_place')
    await setAnswer(client, actor, person, input, 'signed')
    await write(client, actor, person, 'signed', { post: result.postCode, note: input.note })
    await syncArrangements(client, await roundById(round.id, client))
  }, trx)
}

/**
 * The person declines. Before confirmation the round is solved again without him and nobody gets
 * worse; after it those who have signed stay and the others apply for what is free (递补).
 */
export async function declinePlace(input: AnswerInput, actor: Actor, trx?: Trx) {
  const calendar = await loadCalendar()
  await inTransaction(async (client) => {
    const { person, round } = await load(client, input.participantId)
    if (round.state !== 'publicity' && round.state !== 'confirmation') {
      throw new DomainError('selection.errors.no_answer_now')
    }
    await setAnswer(client, actor, person, input, 'declined')
    await write(client, actor, person, 'declined', { note: input.note })
    const kind = round.state === 'publicity' ? ('decline' as const) : ('backfill' as const)
    await runMatching(client, actor, round, { kind, causeId: person.id })
    await publishChanges(client, actor, round.id, calendar)
    await syncArrangements(client, await roundById(round.id, client))
  }, trx)
}

/**
 * The time to answer is over: who has a place and has kept silent gives it up, and the others apply
 * for it by the same rankings (递补). Who gets one has the full time to answer: the day of the round
 * moves with it.
 */
export async function giveUpSilent(trx: Trx, round: RoundRow, actor: Actor) {
  const results = await resultsOf(round.matchingId!, trx)
  const placed = results.filter(({ postId }) => postId !== null)
  const ids = placed.map(({ participantId }) => participantId)
  const gaveUp = await inChunks(ids, 400, async (piece) => [
    Number(
      await trx
        .from('selection_participants')
        .whereIn('id', piece)
        .where('answer', 'open')
        .update({
          answer: 'silent',
          answered_at: clock.now(),
          updated_at: clock.now(),
          version: trx.raw('version + 1'),
        })
    ),
  ])
  const people = gaveUp.reduce((sum, count) => sum + count, 0)
  if (people === 0) return
  await record(trx, actor, {
    action: 'selection.round.silent',
    subjectType: 'selection_round',
    subjectId: round.id,
    changes: { people },
  })
  await runMatching(trx, actor, round, { kind: 'backfill' })
  await publishChanges(trx, actor, round.id, await loadCalendar(trx))
  await syncArrangements(trx, await roundById(round.id, trx))
}

async function load(trx: Trx, participantId: number) {
  await holdRoundOf(trx, 'selection_participants', participantId)
  const person = await participantById(participantId, trx)
  const round: RoundRow = await roundById(person.roundId, trx)
  if (person.answer === 'silent') throw new DomainError('selection.errors.lapsed')
  if (person.answer !== 'open') throw new DomainError('selection.errors.answered')
  return { person, round }
}

async function setAnswer(
  trx: Trx,
  actor: Actor,
  person: Participant,
  input: AnswerInput,
  answer: 'signed' | 'declined'
) {
  const changed = await trx
    .from('selection_participants')
    .where({ id: person.id, version: input.version, answer: 'open' })
    .update({
      answer,
      answered_at: clock.now(),
      answered_by: actor.userId,
      answer_note: input.note,
      version: input.version + 1,
      updated_at: clock.now(),
    })
  if (!affected(changed)) throw new StaleError({ id: person.id })
}

function write(
  trx: Trx,
  actor: Actor,
  person: Participant,
  done: string,
  changes: Record<string, unknown>
) {
  return record(trx, actor, {
    action: `selection.answer.${done}`,
    subjectType: 'selection_participant',
    subjectId: person.id,
    changes,
  })
}
