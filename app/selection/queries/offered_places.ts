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
  if (offers.length === 0) return new Map()
  const people = await peopleOf(offers, client, asker.locked)
  const brought = await broughtBy(asker.batchId, client)
  const places = new Map<number, AnnouncedPlaces>()
  for (const offer of offers) {
    const kept = keptBy(offer, people.get(Number(offer.round_id)) ?? [], asker, brought)
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

function keptBy(
  offer: Row,
  people: readonly Row[],
  { personId }: Asker,
  brought: ReadonlySet<string>
): number {
  const isThere = (row: Row) => row.post_id === offer.post_id
  const isCounted = (row: Row) =>
    isThere(row) ||
    MOVED.includes(row.state) ||
    Number(row.person_id) === personId ||
    brought.has(`${row.person_id} to ${offer.post_id}`)
  const signed = people.filter((row) => row.answer === 'signed' && row.won === offer.id)
  if (hasReached(offer.state, 'arrangement')) {
    return signed.filter((row) => !isCounted(row)).length
  }
  const taken = people.filter((row) => isThere(row) || (signed.includes(row) && isCounted(row)))
  return Math.max(0, Number(offer.capacity) - taken.length)
}

/** Who has signed, or has one of the posts already, by round. */
async function peopleOf(
  offers: readonly Row[],
  client: Client,
  locked?: boolean
): Promise<Map<number, Row[]>> {
  const distinct = (name: string) => [...new Set(offers.map((offer) => offer[name]))]
  const query = client
    .from('selection_participants as t')
    .join('selection_rounds as r', 'r.id', 't.round_id')
    .leftJoin('transfer_batches as b', 'b.id', 't.batch_id')
    .leftJoin('assignments as a', (join) =>
      join.on('a.person_id', 't.person_id').andOnVal('a.open_main', 1)
    )
    .leftJoin('selection_results as e', (join) =>
      join.on('e.participant_id', 't.id').andOn('e.matching_id', 'r.matching_id')
    )
    .whereIn('t.round_id', distinct('round_id'))
    .where((any) => any.where('t.answer', 'signed').orWhereIn('a.post_id', distinct('post_id')))
    .select('t.round_id', 't.person_id', 't.answer', 'b.state', 'a.post_id', 'e.post_id as won')
  const people: Row[] = await (locked ? query.forShare() : query)
  return Map.groupBy(people, (row) => Number(row.round_id))
}

/** Whom the batch brings, and to which post. */
async function broughtBy(batchId: number | null | undefined, client: Client): Promise<Set<string>> {
  if (!batchId) return new Set()
  const lines = await client
    .from('transfer_lines')
    .where('batch_id', batchId)
    .whereNotNull('person_id')
    .whereNotNull('to_post_id')
    .select('person_id', 'to_post_id')
  return new Set(lines.map((row) => `${row.person_id} to ${row.to_post_id}`))
}
