import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { ROUND_MOVES } from '../domain/rounds.js'
import { carriedOver } from '../queries/next_round.js'
import { participantsOf } from '../queries/participants.js'
import { postsOf, takenPlaces } from '../queries/posts.js'
import { roundById, type RoundRow } from '../queries/rounds.js'

/**
 * The head approves what was prepared: a sealed round opens on its day; one whose preferences and
 * scores came on a sheet goes on to the matching with the next run of the phases.
 */
export async function approveRound(
  input: { roundId: number; version: number; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await holdPosts(client, input.roundId)
    const round = await roundById(input.roundId, client)
    if (actor.actsAs(round.preparedBy, input.grant)) {
      throw new DomainError('selection.errors.same_person')
    }
    await checkWhole(client, round)
    await checkPlaces(client, round)
    const values = { approved_by: actor.userId, approved_at: clock.now() }
    const { id } = round
    await moveState(
      client,
      'selection_rounds',
      { id, version: input.version },
      ROUND_MOVES,
      'approve',
      values
    )
    await record(client, actor, {
      action: 'selection.round.approved',
      subjectType: 'selection_round',
      subjectId: id,
      changes: {},
      grant: input.grant,
    })
  }, trx)
}

async function checkWhole(trx: Trx, round: RoundRow) {
  const posts = await postsOf(round.id, trx)
  const people = await participantsOf(round.id, trx)
  const carried = round.previousId === null ? [] : await carriedOver(round.previousId, trx)
  if (posts.length === 0) throw new DomainError('selection.errors.no_posts')
  if (people.length + carried.length === 0) {
    throw new DomainError('selection.errors.no_participants')
  }
  if (!round.sealed) return
  if (round.preferencesUntil < clock.today()) throw new DomainError('selection.errors.phase_over')
  const scored = await trx
    .from('selection_scorers')
    .whereIn(
      'list_id',
      posts.map(({ listId }) => listId)
    )
    .distinct('list_id')
  const ranked = new Set(scored.map((row) => Number(row.list_id)))
  const without = posts.find(({ listId }) => !ranked.has(listId))
  if (without) throw new DomainError('selection.errors.no_scorers', { list: without.listName })
}

/** Takes the rows of the offered posts before anything is read: two rounds are approved in turn. */
async function holdPosts(trx: Trx, roundId: number) {
  const offered = trx.from('selection_posts').where('round_id', roundId).select('post_id')
  await trx.from('posts').whereIn('id', offered).update({ updated_at: clock.now() })
}

/** A place is offered by one round at a time, and only while nobody holds it or was promised it. */
async function checkPlaces(trx: Trx, round: RoundRow) {
  const taken = await takenPlaces(round.id, trx)
  for (const { postId, code, name, capacity, headcount } of await postsOf(round.id, trx)) {
    const place = taken.get(postId)
    if (!place || headcount === null) continue
    if (capacity + place.filled + place.promised <= headcount) continue
    const params = { post: `${code} ${name}`, headcount, capacity, filled: place.filled }
    if (place.promised === 0) throw new DomainError('selection.errors.places_filled', params)
    throw new DomainError('selection.errors.offered_elsewhere', {
      ...params,
      promised: place.promised,
      by: place.by.join('、'),
    })
  }
}
