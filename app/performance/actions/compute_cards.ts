import { clock } from '#shared/clock'
import { bulkInsert, inChunks, type Row, type Trx } from '#shared/database'
import { Exact } from '#shared/formulas/formula'
import { combine } from '../domain/combine.js'
import { schemeFor } from '../domain/scheme_choice.js'
import { scoreOf } from '../domain/score.js'
import { valuesOfCards } from '../queries/card_values.js'
import { cardList, type CardRow } from '../queries/cards.js'
import type { CycleRow } from '../queries/cycles.js'
import { postValuesOn } from '../queries/post_values.js'
import { schemesByIds, schemesOn, type SchemeRow } from '../queries/schemes.js'
import { scoringsOf } from '../queries/scorings.js'
import { workPointSums } from '../queries/work_points.js'

const MILLI = Exact.from(1_000)

/**
 * Computes the cards of a cycle from what is on record now: scheme of the class, value of the post,
 * work points of the period, attendance from long leaves, what the scorers handed in, what was
 * imported or entered. Cards without all they need keep no score and are listed as missing.
 * With ids, those cards alone: what came late for them is counted again.
 */
export async function computeCards(trx: Trx, cycle: CycleRow, ids?: number[]): Promise<number> {
  const all = await cardList({ cycleId: cycle.id, units: 'all' }, trx)
  const cards = ids ? all.filter(({ id }) => ids.includes(id)) : all
  const schemes = await chooseSchemes(trx, cycle, cards)
  await gatherValues(trx, cycle, cards, schemes)
  const valueOf = await postValuesOn(cycle.period.from, trx)
  const values = await valuesOfCards(
    cards.map(({ id }) => id),
    trx
  )
  let scored = 0
  for (const card of cards) {
    const scheme = schemes.get(card.id)
    const post = valueOf(card.postId)
    const tilt = post?.frontLine && scheme ? scheme.tilt : '1'
    const result =
      scheme && scoreOf(scheme.items, values.get(card.id) ?? new Map(), { ...scheme, tilt })
    const worth = {
      scheme_id: scheme?.id ?? null,
      coefficient: post?.coefficient ?? null,
      front_line: post?.frontLine ? 1 : 0,
    }
    await trx
      .from('scorecards')
      .where('id', card.id)
      .update({ ...worth, ...columnsOf(result || null) })
    if (result && result.ok) scored++
  }
  return scored
}

/** What of a score is kept on the card. */
export function columnsOf(result: ReturnType<typeof scoreOf> | null): Row {
  if (!result?.ok) return { score: null, trace: null }
  const { quantity, quality, adjustment, attendance, score, trace } = result
  return { quantity, quality, adjustment, attendance, score, trace: JSON.stringify(trace) }
}

/** Schemes as they stand for the period: one that was entered after planning counts too. */
async function chooseSchemes(
  trx: Trx,
  cycle: CycleRow,
  cards: readonly CardRow[]
): Promise<Map<number, SchemeRow>> {
  const { period, unitId, kind } = cycle
  const inForce = await schemesOn(period.from, { unitIds: [unitId], cycleKind: kind }, trx)
  const kept = await schemesByIds(
    [...new Set(cards.flatMap(({ schemeId }) => schemeId ?? []))],
    period.from,
    trx
  )
  return new Map(
    cards.flatMap((card) => {
      const scheme = schemeFor(inForce, card) ?? (card.schemeId ? kept.get(card.schemeId) : null)
      return scheme ? [[card.id, scheme] as const] : []
    })
  )
}

/** Writes what comes from elsewhere; a value that was imported or corrected stays as it is. */
async function gatherValues(
  trx: Trx,
  cycle: CycleRow,
  cards: readonly CardRow[],
  schemes: ReadonlyMap<number, SchemeRow>
) {
  const sums = await workPointSums(
    cards.map(({ personId }) => personId),
    cycle.period,
    trx
  )
  const scored = await scoredValues(trx, cycle, cards, schemes)
  const known = await fixedValues(trx, cards)
  const rows: Row[] = []
  for (const card of cards) {
    for (const item of schemes.get(card.id)?.items ?? []) {
      if (known.has(`${card.id}/${item.indicatorId}`)) continue
      const value = {
        work_points: () =>
          Exact.from(sums.get(card.personId) ?? 0)
            .dividedBy(MILLI)
            .toString(),
        computed: () => attendanceOf(cycle, card),
        entered: () => scored.get(card.id)?.get(item.indicatorId) ?? null,
        imported: () => null,
      }[item.source]()
      if (value === null) continue
      rows.push({
        scorecard_id: card.id,
        indicator_id: item.indicatorId,
        value,
        source: item.source,
        source_id: null,
        recorded_at: clock.now(),
      })
    }
  }
  await inChunks(
    cards.map(({ id }) => id),
    400,
    async (piece) => {
      await trx
        .from('card_values')
        .whereIn('scorecard_id', piece)
        .whereIn('source', ['entered', 'work_points', 'computed'])
        .delete()
      return []
    }
  )
  await bulkInsert(trx, 'card_values', rows)
}

async function scoredValues(
  trx: Trx,
  cycle: CycleRow,
  cards: readonly CardRow[],
  schemes: ReadonlyMap<number, SchemeRow>
): Promise<Map<number, Map<number, string>>> {
  const given = await scoringsOf(
    cards.map(({ id }) => id),
    { submitted: true },
    trx
  )
  const byCard = Map.groupBy(given, ({ cardId }) => cardId)
  const values = new Map<number, Map<number, string>>()
  for (const [cardId, list] of byCard) {
    const scheme = schemes.get(cardId)
    if (scheme) values.set(cardId, combine(list, scheme.scorers, cycle.minimumGroup).values)
  }
  return values
}

/** Values that were imported or corrected by hand: nothing computes over them. */
async function fixedValues(trx: Trx, cards: readonly CardRow[]): Promise<Set<string>> {
  const rows = await inChunks(
    cards.map(({ id }) => id),
    400,
    (piece) =>
      trx
        .from('card_values')
        .whereIn('scorecard_id', piece)
        .whereIn('source', ['imported', 'corrected'])
        .select('scorecard_id', 'indicator_id')
  )
  return new Set(rows.map((row) => `${row.scorecard_id}/${row.indicator_id}`))
}

/** Share of the period's days that were not spent on leave; maternity leave counts as attended. */
function attendanceOf({ period }: CycleRow, card: CardRow): string {
  const days = Math.round((Date.parse(period.to) - Date.parse(period.from)) / 86_400_000)
  const away = card.cases
    .filter(({ code }) => code === 'long_leave')
    .reduce((sum, { params }) => sum + Number(params.days), 0)
  return Exact.from(Math.max(0, days - away))
    .dividedBy(Exact.from(days))
    .round(4)
    .toString()
}
