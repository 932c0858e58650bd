import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { civilDate } from '#shared/clock'
import { addDays } from '#shared/dates'
import { APPEALABLE } from '../domain/codes.js'
import type { CardRow } from './cards.js'
import type { CycleRow } from './cycles.js'

/**
 * The last day on which a result may be appealed against: as it was told at signing, after a
 * correction as many days again. Null when it is no result against which one appeals, or not yet.
 */
export async function appealUntil(
  card: CardRow,
  cycle: CycleRow,
  client: Client = db
): Promise<string | null> {
  const stands = ['signing', 'closed'].includes(cycle.state)
  if (!stands || card.rating === null || !APPEALABLE.includes(card.rating)) return null
  const corrected = await client
    .from('scorecard_changes')
    .where({ scorecard_id: card.id, stage: 'correction' })
    .orderBy('result_version', 'desc')
    .first()
  if (!corrected) return cycle.appealTo
  const again = addDays(civilDate(corrected.recorded_at), cycle.appealDays)
  return cycle.appealTo !== null && cycle.appealTo > again ? cycle.appealTo : again
}
