import type { I18n } from '@adonisjs/i18n'
import { histogram, toBins } from '#shared/charts/histogram'
import { spreadBoxes } from '#shared/charts/spread_boxes'
import { isRemarkable, spreadOf, type Spread } from '../domain/spread.js'
import type { CardRow } from '../queries/cards.js'
import { scoringsOf, scorersOf } from '../queries/scorings.js'

export interface SpreadRow extends Spread {
  label: string
  marked: boolean
}

/** One bar for five points of score; empty without scores. */
export function distribution(scores: readonly number[], i18n: I18n): string {
  if (scores.length === 0) return ''
  const from = Math.min(40, Math.floor(Math.min(...scores) / 10) * 10)
  const to = Math.max(110, Math.ceil((Math.max(...scores) + 0.01) / 10) * 10)
  return histogram({
    title: i18n.t('performance.chart.distribution'),
    bins: toBins(scores, from, to, 5),
    labels: { value: i18n.t('performance.chart.score'), count: i18n.t('performance.chart.people') },
    width: 640,
  })
}

/** Scores by department, with those that stand far from the whole marked. */
export function departmentSpread(cards: readonly CardRow[]): SpreadRow[] {
  const scored = cards.filter(({ score }) => score !== null)
  const groups = Map.groupBy(scored, ({ unitName, departmentName }) => departmentName ?? unitName)
  return rowsOf(
    [...groups].map(([label, list]) => [label, list.map(({ score }) => Number(score))]),
    scored.map(({ score }) => Number(score))
  )
}

/** What each named scorer gave on the mean; anonymous roles stand together. */
export async function scorerSpread(
  cycleId: number,
  cards: readonly CardRow[],
  roleName: (role: string) => string,
  minimumGroup: number
): Promise<SpreadRow[]> {
  const scorers = new Map((await scorersOf(cycleId)).map((row) => [row.userId, row.userName]))
  const given = await scoringsOf(cards.map(({ id }) => id))
  const rated = given.flatMap((row) => {
    const values = Object.values(row.scores).map(Number)
    if (values.length === 0) return []
    return [{ ...row, mean: values.reduce((sum, value) => sum + value, 0) / values.length }]
  })
  const groups = Map.groupBy(rated, ({ role, userId }) =>
    role === 'manager' ? (scorers.get(userId) ?? String(userId)) : roleName(role)
  )
  const shown = [...groups].filter(
    ([, list]) =>
      list[0].role === 'manager' || new Set(list.map(({ userId }) => userId)).size >= minimumGroup
  )
  return rowsOf(
    shown.map(([label, list]) => [label, list.map(({ mean }) => mean)]),
    rated.map(({ mean }) => mean)
  )
}

export function spreadPicture(rows: readonly SpreadRow[], title: string, value: string): string {
  if (rows.length === 0) return ''
  return spreadBoxes({
    title,
    value,
    rows: rows.map((row) => ({
      label: row.label,
      five: [row.least, row.lower, row.median, row.upper, row.most],
      marked: row.marked,
    })),
  })
}

function rowsOf(groups: Array<[string, number[]]>, all: number[]): SpreadRow[] {
  const whole = spreadOf(all)
  return groups.flatMap(([label, values]) => {
    const spread = spreadOf(values)
    if (!spread || !whole) return []
    return [{ label, ...spread, marked: isRemarkable(spread, whole) }]
  })
}
