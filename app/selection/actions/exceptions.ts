import { record } from '#audit/actions/record'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { idOrNull, insertRow, inTransaction, type Trx } from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'
import { moveState, type Transitions } from '#shared/transitions'
import { currentAssignments, matchingFacts } from '../queries/matching_facts.js'
import { postById } from '../queries/posts.js'
import { participantById } from '../queries/participants.js'
import { roundById, type RoundRow } from '../queries/rounds.js'
import { syncArrangements } from './arrangements.js'
import { holdRoundOf } from './hold_round.js'
import { publishChanges } from './publish.js'
import { checkWhole, runMatching } from './run_matching.js'

const MOVES: Transitions<'asked' | 'approved' | 'refused', 'approve' | 'refuse'> = {
  approve: { from: ['asked'], to: 'approved' },
  refuse: { from: ['asked'], to: 'refused' },
}
const OPEN = ['matching', 'publicity', 'confirmation']

export interface ExceptionInput {
  participantId: number
  /** Null: no place. */
  postId: number | null
  reason: string
  documentId: number
}

/**
 * What would block or break if the person stood there and nobody else moved: shown before anything is
 * asked.
 */
export async function outlookOfChange(
  round: RoundRow,
  participantId: number,
  postId: number | null,
  trx: Trx
) {
  const facts = await matchingFacts(round, trx)
  const now = await currentAssignments(round, trx)
  const code = postId === null ? null : (await postById(postId, trx)).code
  const then = new Map(now)
  if (code === null) then.delete(participantId)
  else then.set(participantId, code)
  const { pairs, violations } = checkWhole(facts, then)
  return {
    pairs,
    violations: violations.filter(({ participantId: of }) => of === null || of === participantId),
  }
}

/** Asks for a hand change of the result: with a document, and with the pairs that it makes block. */
export async function askException(
  input: ExceptionInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const person = await participantById(input.participantId, client)
    const round = await roundById(person.roundId, client)
    if (!OPEN.includes(round.state) || round.matchingId === null) {
      throw new DomainError('selection.errors.no_result')
    }
    if (person.answer !== 'open') throw new DomainError('selection.errors.answered')
    if (input.postId !== null) {
      const post = await postById(input.postId, client)
      if (post.roundId !== round.id) throw new DomainError('selection.errors.list_elsewhere')
    }
    const { pairs, violations } = await outlookOfChange(round, person.id, input.postId, client)
    const id = await insertRow(client, 'selection_exceptions', {
      round_id: round.id,
      participant_id: person.id,
      post_id: input.postId,
      reason: input.reason,
      document_id: input.documentId,
      matching_id: round.matchingId,
      blocking: JSON.stringify(pairs),
      state: 'asked',
      asked_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    await write(client, actor, round.id, 'asked', {
      pairs: pairs.length,
      violations: violations.length,
      reason: input.reason,
    })
    return id
  }, trx)
}

/** Another person approves: the result is made anew around it, and says so on its certificate. */
export async function decideException(
  input: { id: number; version: number; verb: 'approve' | 'refuse'; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
) {
  const calendar = await loadCalendar()
  await inTransaction(async (client) => {
    await holdRoundOf(client, 'selection_exceptions', input.id)
    const row = await client.from('selection_exceptions').where('id', input.id).first()
    if (!row) throw new NotFoundError('exception')
    if (actor.actsAs(idOrNull(row.asked_by), input.grant)) {
      throw new DomainError('selection.errors.same_person')
    }
    const at = { id: input.id, version: input.version }
    await moveState(client, 'selection_exceptions', at, MOVES, input.verb, {
      decided_by: actor.userId,
    })
    const round = await roundById(Number(row.round_id), client)
    await write(client, actor, round.id, input.verb, { reason: row.reason }, input.grant)
    if (input.verb === 'refuse') return
    if (!OPEN.includes(round.state)) throw new DomainError('selection.errors.no_result')
    const { answer } = await participantById(Number(row.participant_id), client)
    if (answer !== 'open') throw new DomainError('selection.errors.answered')
    await runMatching(client, actor, round, { kind: 'exception', causeId: input.id })
    await publishChanges(client, actor, round.id, calendar)
    await syncArrangements(client, await roundById(round.id, client))
  }, trx)
}

function write(
  trx: Trx,
  actor: Actor,
  roundId: number,
  done: string,
  changes: Record<string, unknown>,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `selection.exception.${done}`,
    subjectType: 'selection_round',
    subjectId: roundId,
    changes,
    grant,
  })
}
