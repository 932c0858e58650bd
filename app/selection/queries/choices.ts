import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { SealedChoice } from '../domain/preferences.js'
import { openOrder, openOwn, openSet } from '../sealing.js'
import type { Participant } from './participants.js'
import type { RoundRow } from './rounds.js'

export interface OwnChoice {
  choice: SealedChoice
  revision: number
  source: string
  hash: string
  savedAt: string
}

/** What a person saved last, with its receipt: for the own page alone. Null: nothing yet. */
export async function ownChoice(person: Participant): Promise<OwnChoice | null> {
  const row = await db
    .from('selection_preferences as c')
    .join('selection_receipts as r', (join) =>
      join.on('r.participant_id', 'c.participant_id').andOn('r.revision', 'c.version')
    )
    .where('c.participant_id', person.id)
    .select('c.*', 'r.hash', 'r.saved_at')
    .first()
  if (!row) return null
  return {
    choice: openOwn(person.roundId, row.order_sealed),
    revision: Number(row.version),
    source: row.source,
    hash: row.hash,
    savedAt: row.saved_at,
  }
}

/** Every order of a round by participant, once ranking is closed. */
export async function openOrders(
  round: RoundRow,
  client: Client = db
): Promise<Map<number, SealedChoice>> {
  const rows = await sealedOf(round.id, client)
  return new Map(
    rows.map((row) => [Number(row.participant_id), openOrder(round, row.order_sealed)])
  )
}

/** The posts that each person chose, once preferences are closed; in no order. */
export async function openSets(
  round: RoundRow,
  client: Client = db
): Promise<Map<number, string[]>> {
  const rows = await sealedOf(round.id, client)
  return new Map(rows.map((row) => [Number(row.participant_id), openSet(round, row.set_sealed)]))
}

/** How many people have saved a choice. */
export async function savedCount(roundId: number): Promise<number> {
  const [{ total }] = await db
    .from('selection_preferences as c')
    .join('selection_participants as t', 't.id', 'c.participant_id')
    .where('t.round_id', roundId)
    .count('* as total')
  return Number(total)
}

function sealedOf(roundId: number, client: Client) {
  return client
    .from('selection_preferences as c')
    .join('selection_participants as t', 't.id', 'c.participant_id')
    .where('t.round_id', roundId)
    .select('c.participant_id', 'c.order_sealed', 'c.set_sealed')
}
