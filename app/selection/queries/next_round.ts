import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'

/** People whom a round left without a place and for whom the next round is the next step. */
export async function freePeople(roundId: number, client: Client = db): Promise<Set<number>> {
  return new Set((await carriedOver(roundId, client)).map(({ personId }) => personId))
}

/** Their open entries on the list of people without a place. */
export async function carriedOver(
  roundId: number,
  client: Client = db
): Promise<Array<{ id: number; version: number; personId: number }>> {
  const rows = await client
    .from('selection_arrangements as a')
    .join('selection_participants as t', 't.id', 'a.participant_id')
    .where({ 'a.round_id': roundId, 'a.state': 'open', 'a.next_step': 'next_round' })
    .select('a.id', 'a.version', 't.person_id')
  return rows.map((row) => ({
    id: Number(row.id),
    version: Number(row.version),
    personId: Number(row.person_id),
  }))
}
