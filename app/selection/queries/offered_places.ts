import type { Row, Trx } from '#shared/database'
import { UNDER_WAY } from '#transfers/domain/states'
import { hasReached } from '../domain/rounds.js'

const MOVED = [...UNDER_WAY, 'executed']

/**
 * Places of posts that approved rounds keep for whom they place: until the arrangement all that they
 * offer, from then on those of the signed. Not counted are who has the post already, whom a batch
 * under way brings, for that counts the place itself, and the person who is asked about. Read behind
 * the lock of the post that the caller holds.
 */
export async function offeredPlaces(
  postIds: number[],
  trx: Trx,
  personId: number | null = null
): Promise<Map<number, number>> {
  const offers: Row[] = await trx
    .from('selection_posts as s')
    .join('selection_rounds as r', 'r.id', 's.round_id')
    .whereIn('s.post_id', postIds)
    .whereNotNull('r.approved_at')
    .forShare()
    .select('s.id', 's.round_id', 's.post_id', 's.capacity', 'r.state', 'r.matching_id')
  const places = new Map<number, number>()
  for (const offer of offers) {
    const postId = Number(offer.post_id)
    places.set(postId, (places.get(postId) ?? 0) + (await keptBy(trx, offer, personId)))
  }
  return places
}

async function keptBy(trx: Trx, offer: Row, personId: number | null): Promise<number> {
  const people: Row[] = await trx
    .from('selection_participants as t')
    .leftJoin('transfer_batches as b', 'b.id', 't.batch_id')
    .leftJoin('assignments as a', (join) =>
      join.on('a.person_id', 't.person_id').andOnVal('a.open_main', 1)
    )
    .leftJoin('selection_results as e', (join) =>
      join.on('e.participant_id', 't.id').andOnVal('e.matching_id', offer.matching_id ?? 0)
    )
    .where('t.round_id', offer.round_id)
    .where((any) => any.where('t.answer', 'signed').orWhere('a.post_id', offer.post_id))
    .forShare()
    .select('t.person_id', 't.answer', 'b.state', 'a.post_id', 'e.post_id as won')
  const signed = people.filter((row) => row.answer === 'signed' && row.won === offer.id)
  const isThere = (row: Row) => row.post_id === offer.post_id
  const counted = (row: Row) =>
    isThere(row) || MOVED.includes(row.state) || Number(row.person_id) === personId
  if (hasReached(offer.state, 'arrangement')) return signed.filter((row) => !counted(row)).length
  const taken = people.filter((row) => isThere(row) || (signed.includes(row) && counted(row)))
  return Math.max(0, Number(offer.capacity) - taken.length)
}
