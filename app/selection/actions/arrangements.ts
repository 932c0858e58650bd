import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { maySeeEnding } from '../access.js'
import { hasReached } from '../domain/rounds.js'
import { arrangementById } from '../queries/arrangements.js'
import { openOrders } from '../queries/choices.js'
import { participantsOf, type Answer } from '../queries/participants.js'
import { resultsOf } from '../queries/results.js'
import type { RoundRow } from '../queries/rounds.js'

export const NEXT_STEPS = [
  'decide',
  'placement',
  'next_round',
  'other_post',
  'training',
  'ending',
] as const
export type NextStep = (typeof NEXT_STEPS)[number]

/** What stands in the place of `ending` for who may not know of it. */
export const VEIL: NextStep = 'decide'

export const OUTCOMES = ['placed', 'next_round', 'other_post', 'stays', 'ended'] as const
export type Outcome = (typeof OUTCOMES)[number]

/**
 * Brings the list of people without a place up to date: everybody who has none, has declined or has
 * not answered in time is on it with an owner and a next step; who has signed since is settled.
 */
export async function syncArrangements(trx: Trx, round: RoundRow) {
  if (!hasReached(round.state, 'confirmation') || round.matchingId === null) return
  const results = await resultsOf(round.matchingId, trx)
  const post = new Map(results.map((row) => [row.participantId, row.postId]))
  const orders = await openOrders(round, trx)
  const rows = await trx.from('selection_arrangements').where('round_id', round.id)
  const known = new Map(rows.map((row) => [Number(row.participant_id), row]))
  for (const person of await participantsOf(round.id, trx)) {
    const placed = (post.get(person.id) ?? null) !== null
    const cause = causeOf(person.answer, placed)
    const row = known.get(person.id)
    if (cause && !row) {
      const accepts = cause === 'unplaced' && orders.get(person.id)?.acceptsPlacement
      await insertRow(trx, 'selection_arrangements', {
        round_id: round.id,
        participant_id: person.id,
        owner_id: round.preparedBy,
        cause,
        next_step: accepts ? 'placement' : 'decide',
        state: 'open',
        version: 1,
        created_at: clock.now(),
      })
    } else if (row && row.state === 'open' && person.answer === 'signed') {
      await updateVersioned(trx, 'selection_arrangements', row.id, Number(row.version), {
        state: 'settled',
        outcome: 'placed',
        settled_at: clock.now(),
      })
    }
  }
}

function causeOf(answer: Answer, placed: boolean) {
  if (answer === 'declined' || answer === 'silent') return answer
  return answer === 'signed' || placed ? null : 'unplaced'
}

/**
 * Owner, next step and day of somebody on the list. Who may not know that the step is an ending, and
 * leaves what stands in its place, leaves the ending.
 */
export async function planArrangement(
  input: {
    id: number
    version: number
    ownerId: number
    nextStep: NextStep
    dueOn: string | null
    note: string | null
  },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await arrangementById(input.id, client)
    if (before.state !== 'open') throw new DomainError('selection.errors.settled')
    const hidden = before.nextStep === 'ending' && !maySeeEnding(actor, before)
    const nextStep = hidden && input.nextStep === VEIL ? before.nextStep : input.nextStep
    await updateVersioned(client, 'selection_arrangements', input.id, input.version, {
      owner_id: input.ownerId,
      next_step: nextStep,
      due_on: input.dueOn,
      note: input.note,
    })
    await writeArrangement(client, actor, input.id, 'planned', {
      next_step: [before.nextStep, nextStep],
      owner_id: [before.ownerId, input.ownerId],
      due_on: [before.dueOn, input.dueOn],
    })
  }, trx)
}

/** Settled: how it ended. An ending is settled by its notice alone. */
export async function settleArrangement(
  input: { id: number; version: number; outcome: Exclude<Outcome, 'ended'>; note: string | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await arrangementById(input.id, client)
    if (before.state !== 'open') throw new DomainError('selection.errors.settled')
    if (input.outcome === 'placed') throw new DomainError('selection.errors.placed_by_signing')
    await settle(client, before.id, input.version, input.outcome)
    await writeArrangement(client, actor, input.id, 'settled', {
      outcome: input.outcome,
      note: input.note,
    })
  }, trx)
}

export function settle(trx: Trx, id: number, version: number, outcome: Outcome) {
  return updateVersioned(trx, 'selection_arrangements', id, version, {
    state: 'settled',
    outcome,
    settled_at: clock.now(),
  })
}

export function writeArrangement(
  trx: Trx,
  actor: Actor,
  id: number,
  done: string,
  changes: Record<string, unknown>
) {
  return record(trx, actor, {
    action: `selection.arrangement.${done}`,
    subjectType: 'selection_arrangement',
    subjectId: id,
    changes,
  })
}
