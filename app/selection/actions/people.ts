import { record } from '#audit/actions/record'
import type { AssignmentRow } from '#people/queries/assignment_rows'
import { assignmentsAsOf } from '#people/queries/assignments'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction, insertRow, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, NotFoundError, refusing, type Refuse } from '#shared/errors'
import { parseWeight } from '../domain/scores.js'
import { postsOf } from '../queries/posts.js'
import { mayScore } from '../queries/people_choices.js'
import { freePeople } from '../queries/next_round.js'
import type { RoundRow } from '../queries/rounds.js'
import { pseudonymOf } from '../sealing.js'
import { openForChange } from './rounds.js'

const refuse: Refuse = refusing('selection')

/**
 * Takes into the round every contract person of these units whose post's nature may choose at least
 * one of its posts. A round that follows another takes those whom that one left without a place.
 * Who is in already is passed over; gives how many were added.
 */
export async function enterParticipants(
  input: { roundId: number; version: number; unitIds: number[] },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const round = await openForChange(client, input.roundId, input.version)
    const staff = await assignmentsAsOf(
      clock.today(),
      { kind: 'main', unitIds: input.unitIds, employmentType: 'contract' },
      client
    )
    const left = round.previousId === null ? null : await freePeople(round.previousId, client)
    const wanted = staff.filter(({ personId }) => left === null || left.has(personId))
    const count = await enterFresh(client, round, wanted)
    await writePeople(client, actor, round.id, 'entered', { people: count })
    return count
  }, trx)
}

/** Of these people, those who may choose a post of the round and are in none; gives how many. */
export async function enterFresh(
  trx: Trx,
  round: RoundRow,
  staff: readonly AssignmentRow[]
): Promise<number> {
  const natures = new Set<string>((await postsOf(round.id, trx)).flatMap((post) => post.natures))
  const known = await peopleInOpenRounds(trx)
  const fresh = staff.filter(
    ({ personId, postNature, validTo }) =>
      validTo === null && postNature !== null && natures.has(postNature) && !known.has(personId)
  )
  await bulkInsert(
    trx,
    'selection_participants',
    fresh.map((row) => ({
      round_id: round.id,
      person_id: row.personId,
      assignment_id: row.id,
      unit_id: row.unitId,
      department_id: row.departmentId,
      nature: row.postNature,
      pseudonym: pseudonymOf(round.saltSealed, row.personId),
      answer: 'open',
      version: 1,
      created_at: clock.now(),
    }))
  )
  return fresh.length
}

/**
 * Nobody is in two rounds at once; who was left over by one may go on in the next. Read as it is now,
 * and nobody comes into another round before these people stand in theirs.
 */
async function peopleInOpenRounds(trx: Trx): Promise<Set<number>> {
  const rows = await trx
    .from('selection_participants as t')
    .join('selection_rounds as r', 'r.id', 't.round_id')
    .whereNotIn('r.state', ['arrangement', 'closed'])
    .forUpdate()
    .select('t.person_id')
  return new Set(rows.map((row) => Number(row.person_id)))
}

/** Takes somebody out of a round that is being prepared. */
export async function removeParticipant(
  input: { roundId: number; version: number; participantId: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const round = await openForChange(client, input.roundId, input.version)
    const place = { id: input.participantId, round_id: round.id }
    const row = await client.from('selection_participants').where(place).first()
    if (!row) throw new NotFoundError('participant')
    if (!round.sealed) throw new DomainError('selection.errors.from_sheet')
    await client.from('selection_participants').where(place).delete()
    await writePeople(client, actor, round.id, 'left', { person: Number(row.person_id) })
  }, trx)
}

/** Names who scores for a list, with the weight of the voice. */
export async function addScorer(
  input: { listId: number; userId: number; weight: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const weight = parseWeight(input.weight)
  if (weight === null) refuse('weight', 'not_a_weight', { value: input.weight })
  return inTransaction(async (client) => {
    const list = await client.from('selection_lists').where('id', input.listId).first()
    if (!list) throw new NotFoundError('selection list')
    if (!(await mayScore(input.userId, client))) refuse('user_id', 'scorer_unfit')
    await openForChange(client, Number(list.round_id))
    try {
      const id = await insertRow(client, 'selection_scorers', {
        list_id: input.listId,
        user_id: input.userId,
        weight,
        version: 1,
        created_at: clock.now(),
      })
      await writePeople(client, actor, Number(list.round_id), 'scorer_named', {
        list: list.name,
        user: input.userId,
        weight,
      })
      return id
    } catch (error) {
      if (isUniqueViolation(error)) refuse('user_id', 'scorer_known')
      throw error
    }
  }, trx)
}

export async function removeScorer(input: { scorerId: number }, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const row = await client
      .from('selection_scorers as s')
      .join('selection_lists as l', 'l.id', 's.list_id')
      .where('s.id', input.scorerId)
      .select('s.id', 'l.round_id', 'l.name')
      .first()
    if (!row) throw new NotFoundError('scorer')
    await openForChange(client, Number(row.round_id))
    await client.from('selection_scorers').where('id', row.id).delete()
    await writePeople(client, actor, Number(row.round_id), 'scorer_removed', { list: row.name })
  }, trx)
}

export function writePeople(
  trx: Trx,
  actor: Actor,
  roundId: number,
  done: string,
  changes: Record<string, unknown>
) {
  return record(trx, actor, {
    action: `selection.people.${done}`,
    subjectType: 'selection_round',
    subjectId: roundId,
    changes,
  })
}
