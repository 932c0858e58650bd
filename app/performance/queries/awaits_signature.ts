import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { CycleState } from '../domain/cycle_states.js'
import type { CardRow } from './cards.js'

/**
 * Whether the person is to sign now: a result while the review is in signing, afterwards only one
 * that was corrected since.
 */
export async function awaitsSignature(
  card: CardRow,
  state: CycleState,
  client: Client = db
): Promise<boolean> {
  const result = card.rating !== null || card.score !== null
  if (!result || card.signedAt !== null) return false
  if (state !== 'closed') return state === 'signing'
  const last = await client
    .from('scorecard_changes')
    .where('scorecard_id', card.id)
    .orderBy('result_version', 'desc')
    .first()
  return last?.stage === 'correction'
}
