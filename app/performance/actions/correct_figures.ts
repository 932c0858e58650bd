import { clock } from '#shared/clock'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { IndicatorKind } from '../domain/codes.js'
import { scoreOf, type CardScore, type FigureChange } from '../domain/score.js'
import { FIGURES } from '../domain/figures.js'
import { figureOf } from '../imports/result_row.js'
import { valuesOfCards } from '../queries/card_values.js'
import type { CardRow } from '../queries/cards.js'
import type { CycleRow } from '../queries/cycles.js'
import { schemesByIds, type SchemeItem } from '../queries/schemes.js'
import { columnsOf } from './compute_cards.js'

/**
 * Writes corrected figures over what was there and counts the card again by the scheme that it was
 * reviewed by, from its own values alone. Gives what changed and the score that follows; null when
 * every figure is as it was.
 */
export async function correctFigures(
  trx: Trx,
  card: CardRow,
  cycle: CycleRow,
  typed: Record<string, string>
): Promise<{ figures: FigureChange[]; score: string } | null> {
  const schemes = await schemesByIds(card.schemeId ? [card.schemeId] : [], cycle.period.from, trx)
  const scheme = schemes.get(card.schemeId ?? 0)
  const values = (await valuesOfCards([card.id], trx)).get(card.id) ?? new Map<number, string>()
  const figures: FigureChange[] = []
  for (const [id, text] of Object.entries(typed)) {
    if (text.trim() === '') continue
    const item = scheme?.items.find(({ indicatorId }) => String(indicatorId) === id)
    if (!item) throw new DomainError('performance.errors.indicator_elsewhere')
    const { indicatorId, name } = item
    const after = readFigure(item, text)
    const before = values.get(indicatorId) ?? null
    if (after === before) continue
    await writeValue(trx, card.id, indicatorId, after)
    values.set(indicatorId, after)
    figures.push({ name, before, after })
  }
  if (!scheme || figures.length === 0) return null
  const tilt = card.frontLine ? scheme.tilt : '1'
  const result = scoreOf(scheme.items, values, { ...scheme, tilt })
  if (!result.ok) {
    throw new DomainError('performance.errors.figures_missing', {
      names: result.missing.join('、'),
    })
  }
  await writeFigures(trx, card.id, result)
  return { figures, score: result.score }
}

/** In the limits that a sheet of results has. */
function readFigure({ indicatorId, name, kind }: SchemeItem, text: string): string {
  const value = figureOf(limitsOf(kind), text)
  if (value !== null) return value
  const params = { value: text, indicator: name }
  const code = 'performance.errors.not_a_figure'
  throw new DomainError(code, params, [{ field: `values.i${indicatorId}`, code, params }])
}

const limitsOf = (kind: IndicatorKind) => FIGURES.find((figure) => figure === kind) ?? 'quantity'

async function writeValue(trx: Trx, cardId: number, indicatorId: number, value: string) {
  const place = { scorecard_id: cardId, indicator_id: indicatorId }
  await trx.from('card_values').where(place).delete()
  await trx
    .table('card_values')
    .insert({ ...place, value, source: 'corrected', source_id: null, recorded_at: clock.now() })
}

/** All but the score, which changes as a version of the result. */
async function writeFigures(trx: Trx, cardId: number, result: CardScore) {
  const { score, ...columns } = columnsOf(result)
  await trx.from('scorecards').where('id', cardId).update(columns)
}
