import { addDays, addMonths } from '#shared/dates'

export interface Quarter {
  year: number
  quarter: number
}

/** First and last day of a quarter. */
export function daysOf({ year, quarter }: Quarter): { from: string; to: string } {
  const from = `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`
  return { from, to: addDays(addMonths(from, 3), -1) }
}

export function quarterOf(date: string): Quarter {
  return { year: Number(date.slice(0, 4)), quarter: Math.ceil(Number(date.slice(5, 7)) / 3) }
}

/** The quarter before the one of the day: the last that is over. */
export function lastQuarter(date: string): Quarter {
  const { year, quarter } = quarterOf(date)
  return quarter === 1 ? { year: year - 1, quarter: 4 } : { year, quarter: quarter - 1 }
}
