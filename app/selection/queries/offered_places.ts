import type { Client } from '#decisions/queries/client'
import type { Row, Trx } from '#shared/database'
import { placesAlone, type AnnouncedPlaces } from '#shared/ports/announced_places'
import { UNDER_WAY } from '#transfers/domain/states'
import { hasReached } from '../domain/rounds.js'

const MOVED = [...UNDER_WAY, 'executed']

/** Who asks: for a person, whose own place does not count, or for a batch, with those it brings. */
interface Asker {
  personId?: number | null
  batchId?: number | null
  /** As it is now, for the caller has read before it waited for the lock of the post. */
  locked?: boolean
}

/**
 * Places of posts that approved rounds keep for whom they place, and the rounds: until the
 * arrangement all that they offer, from then on those of the signed. Not counted are who has the post
 * already, whom a batch under way brings, for that counts the place itself, and who is asked for.
 */
export async function offeredPlaces(
  postIds: number[],
  client: Client,
  asker: Asker = {}
): Promise<Map<number, AnnouncedPlaces>> {
  const query = client
    .from('selection_posts as s')
    .join('selection_rounds as r', 'r.id', 's.round_id')
    .whereIn('s.post_id', postIds)
    .whereNotNull('r.approved_at')
    .select('s.id', 's.round_id', 's.post_id', 's.capacity', 'r.state', 'r.matching_id', 'r.name')
  const offers: Row[] = await (asker.locked ? query.forShare() : query)
  const places = new Map<number, AnnouncedPlaces>()
  for (const offer of offers) {
    const kept = await keptBy(client, offer, asker)
    if (kept === 0) continue
    const known = places.get(Number(offer.post_id)) ?? { places: 0, by: [] }
    places.set(Number(offer.post_id), {
      places: known.places + kept,
      by: [...known.by, offer.name],
    })
  }
  return places
}

/** The places alone, behind the lock of the post that the caller holds. */
export async function placesOffered(postIds: number[], trx: Trx, personId?: number) {
  return placesAlone(await offeredPlaces(postIds, trx, { personId, locked: true }))
}

async function keptBy(client: Client, offer: Row, { personId, batchId, locked }: Asker) {
  const query = client
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
    .select('t.person_id', 't.answer', 'b.state', 'a.post_id', 'e.post_id as won')
  const people: Row[] = await (locked ? query.forShare() : query)
  const brought = batchId ? await broughtBy(client, batchId, offer.post_id) : new Set()
  const signed = people.filter((row) => row.answer === 'signed' && row.won === offer.id)
  const isThere = (row: Row) => row.post_id === offer.post_id
  const counted = (row: Row) =>
    isThere(row) ||
    MOVED.includes(row.state) ||
    Number(row.person_id) === personId ||
    brought.has(Number(row.person_id))
  if (hasReached(offer.state, 'arrangement')) return signed.filter((row) => !counted(row)).length
  const taken = people.filter((row) => isThere(row) || (signed.includes(row) && counted(row)))
  return Math.max(0, Number(offer.capacity) - taken.length)
}

async function broughtBy(client: Client, batchId: number, postId: number): Promise<Set<number>> {
  const lines = await client
    .from('transfer_lines')
    .where({ batch_id: batchId, to_post_id: postId })
    .whereNotNull('person_id')
    .select('person_id')
  return new Set(lines.map((row) => Number(row.person_id)))
}
