import db from '@adonisjs/lucid/services/db'
import { FIGURE_INDICATORS, FIGURES } from '../domain/figures.js'
import { valuesOfCards } from '../queries/card_values.js'
import type { CardRow } from '../queries/cards.js'
import type { PostValueParsed, ResultFigures } from './result_row.js'

export type KnownValue = Pick<PostValueParsed, 'coefficient' | 'frontLine'>

/** Figures of cards, from whatever source; or those alone that an import wrote before. */
export async function storedFigures(
  cards: readonly CardRow[],
  source?: 'imported'
): Promise<Map<number, ResultFigures>> {
  const rows = await db.from('indicators').whereIn(
    'code',
    Object.values(FIGURE_INDICATORS).map(({ code }) => code)
  )
  const idOf = new Map(rows.map((row) => [row.code, Number(row.id)]))
  const ids = cards.map(({ id }) => id)
  const values = await valuesOfCards(ids, db, source)
  const figures = new Map<number, ResultFigures>()
  for (const [cardId, own] of values) {
    const entries = FIGURES.map((name) => {
      const id = idOf.get(FIGURE_INDICATORS[name].code)
      return [name, (id && own.get(id)) || null] as const
    })
    if (entries.some(([, value]) => value !== null)) {
      figures.set(cardId, Object.fromEntries(entries) as ResultFigures)
    }
  }
  return figures
}

/** Coefficients that sheets gave before, by nature and name of the post. */
export async function storedValues(): Promise<Map<string, KnownValue>> {
  const rows = await db.from('post_values').where({ basis: 'sheet', live: 1 }).orderBy('valid_from')
  return new Map(
    rows.map((row) => [
      row.subject_key,
      { coefficient: row.coefficient, frontLine: Boolean(row.front_line) },
    ])
  )
}
