import { addMonths } from '#shared/dates'
import type { CycleKind } from './codes.js'

const MONTHS: Record<CycleKind, number> = { month: 1, quarter: 3, year: 12 }

/** `[from, to)` of the month, quarter or year that a civil date lies in. */
export function periodOf(kind: CycleKind, date: string): { from: string; to: string } {
  const length = MONTHS[kind]
  const month = Math.floor((Number(date.slice(5, 7)) - 1) / length) * length + 1
  const from = `${date.slice(0, 4)}-${String(month).padStart(2, '0')}-01`
  return { from, to: addMonths(from, length) }
}

/** `2022年第二季度`, `2022年6月`, `2022年度`: how documents name a period. */
export function periodName(kind: CycleKind, from: string): string {
  const year = from.slice(0, 4)
  const month = Number(from.slice(5, 7))
  if (kind === 'year') return `${year}年度`
  if (kind === 'month') return `${year}年${month}月`
  return `${year}年第${'一二三四'[Math.floor((month - 1) / 3)]}季度`
}

/** What a review is called that nobody named: in documents, and as it is stored. */
export function periodTitle(kind: CycleKind, from: string): string {
  return `${periodName(kind, from)}考核`
}
