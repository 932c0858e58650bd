import dayjs from 'dayjs'
import type { YearRule } from './rules.js'

export interface ServicePeriod {
  employmentType: string
  /** Half-open; null: open. */
  from: string
  to: string | null
}

/**
 * Whole months of service that count on a civil date: overlapping periods once, only the employment
 * types of the rule; time before the first record when the rule says so and that record counts.
 */
export function serviceMonths(
  periods: readonly ServicePeriod[],
  workStartedOn: string | null,
  onDate: string,
  rule: YearRule
): number {
  const sorted = [...periods]
    .filter(({ from }) => from < onDate)
    .sort((one, other) => (one.from < other.from ? -1 : 1))
  const spans = sorted
    .filter(({ employmentType }) => rule.types.includes(employmentType))
    .map(({ from, to }) => ({ from, to: to !== null && to < onDate ? to : onDate }))
  const first = sorted[0]
  if (rule.beforeRecord && workStartedOn && first && workStartedOn < first.from) {
    if (rule.types.includes(first.employmentType)) {
      spans.unshift({ from: workStartedOn, to: first.from })
    }
  }
  let days = 0
  let months = 0
  let reached = ''
  for (const { from, to } of spans) {
    const start = from > reached ? from : reached
    if (start >= to) continue
    const whole = dayjs(to).diff(dayjs(start), 'month')
    months += whole
    days += dayjs(to).diff(dayjs(start).add(whole, 'month'), 'day')
    reached = to
  }
  return months + Math.floor(days / 30)
}
