import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { inChunks } from '#shared/database'

/** Values of indicators by card; those of one source alone where it is named. */
export async function valuesOfCards(
  cardIds: number[],
  client: Client = db,
  source?: 'imported'
): Promise<Map<number, Map<number, string>>> {
  const rows = await inChunks(cardIds, 400, (piece) => {
    const values = client.from('card_values').whereIn('scorecard_id', piece)
    return source ? values.where({ source }) : values
  })
  const values = new Map<number, Map<number, string>>()
  for (const row of rows) {
    const id = Number(row.scorecard_id)
    const own = values.get(id) ?? new Map<number, string>()
    values.set(id, own.set(Number(row.indicator_id), row.value))
  }
  return values
}

export interface CardValue {
  indicatorId: number
  name: string
  kind: string
  measure: string
  value: string
  source: string
}

export async function valuesOfCard(cardId: number): Promise<CardValue[]> {
  const rows = await db
    .from('card_values')
    .join('indicators', 'indicators.id', 'card_values.indicator_id')
    .where('scorecard_id', cardId)
    .orderBy('indicators.kind')
    .orderBy('indicators.id')
    .select('card_values.*', 'indicators.name', 'indicators.kind', 'indicators.measure')
  return rows.map((row) => ({
    indicatorId: Number(row.indicator_id),
    name: row.name,
    kind: row.kind,
    measure: row.measure,
    value: row.value,
    source: row.source,
  }))
}
