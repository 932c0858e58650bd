import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'

/** People whom a round left without a place and for whom the next round is the next step. */
export async function freePeople(roundId: number, client: Client = db): Promise<Set<number>> {
  const rows = await client
    .from('selection_arrangements as a')
    .join('selection_participants as t', 't.id', 'a.participant_id')
    .where({ 'a.round_id': roundId, 'a.state': 'open', 'a.next_step': 'next_round' })
    .select('t.person_id')
  return new Set(rows.map((row) => Number(row.person_id)))
}
