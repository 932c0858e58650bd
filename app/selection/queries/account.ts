import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { participantsOf, type Participant } from './participants.js'
import { resultsOf } from './results.js'
import type { RoundRow } from './rounds.js'

/** Where everybody of a round is: each in exactly one of these, so that nobody is lost. */
export const STANDS = [
  're_engaged',
  'in_batch',
  'signed',
  'placed',
  'waiting',
  'settled',
  'open',
] as const
export type Stand = (typeof STANDS)[number]

export interface Account {
  total: number
  counts: Record<Stand, number>
  /** Re-engaged people by the unit that took them. */
  units: { unitName: string; people: number }[]
  /** Signed people who work in the unit that takes them already: no batch moves them. */
  inUnit: string[]
  /** Units of the signed people whom a batch is still to move. */
  from: number[]
  stands: Map<number, Stand>
}

/** The account of a round: everybody counted once, by what has become of them. */
export async function accountOf(round: RoundRow, client: Client = db): Promise<Account> {
  const people = await participantsOf(round.id, client)
  const results = round.matchingId === null ? [] : await resultsOf(round.matchingId, client)
  const result = new Map(results.map((row) => [row.participantId, row]))
  const rows = await client.from('selection_arrangements').where('round_id', round.id)
  const arrangement = new Map(rows.map((row) => [Number(row.participant_id), row.state]))
  const counts = Object.fromEntries(STANDS.map((stand) => [stand, 0])) as Record<Stand, number>
  const units = new Map<string, number>()
  const stands = new Map<number, Stand>()
  const inUnit: string[] = []
  const from = new Set<number>()
  for (const person of people) {
    const place = result.get(person.id)
    const stand = standOf(person, place?.postId ?? null, arrangement.get(person.id))
    stands.set(person.id, stand)
    counts[stand] += 1
    if (stand === 'signed') {
      if (person.openUnitId === place?.unitId) inUnit.push(person.name)
      else from.add(person.openUnitId ?? person.unitId)
    }
    if (stand === 're_engaged') units.set(place!.unitName!, (units.get(place!.unitName!) ?? 0) + 1)
  }
  return {
    total: people.length,
    counts,
    units: [...units].map(([unitName, count]) => ({ unitName, people: count })),
    inUnit,
    from: [...from],
    stands,
  }
}

function standOf(
  person: Pick<Participant, 'answer' | 'engaged' | 'batchId' | 'batchState'>,
  postId: number | null,
  arrangement: string | undefined
): Stand {
  if (person.answer === 'signed') {
    if (person.engaged) return 're_engaged'
    return person.batchId !== null && person.batchState !== 'withdrawn' ? 'in_batch' : 'signed'
  }
  if (arrangement === 'settled') return 'settled'
  if (arrangement === 'open' && postId === null) return 'waiting'
  if (person.answer === 'declined' || person.answer === 'silent') return 'waiting'
  return postId === null ? 'open' : 'placed'
}
