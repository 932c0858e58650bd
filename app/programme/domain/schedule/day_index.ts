import { isCivilDate } from '#shared/dates'
import { ScheduleError, type ScheduleInstance } from './types.js'

const DAY_MS = 86_400_000
/** Days counted at once when a date lies beyond those that are known. */
const STEP = 512
/** No office plans further: a calendar without any working day ends here instead of never. */
const FURTHEST = 200_000

/**
 * Numbers the working days: boundary `n` is the morning of working day `n`, 0 the first one at or
 * after the origin. Days are counted on demand, in both directions.
 */
export class DayIndex {
  private readonly free: Set<number>
  private readonly worked: Set<number>
  private readonly origin: number
  /** Epoch day of working day n, and of working day −1 − n. */
  private readonly ahead: number[] = []
  private readonly behind: number[] = []
  private readonly texts = new Map<number, string>()
  /** First epoch days that are not counted yet. */
  private next: number
  private last: number

  constructor(calendar: ScheduleInstance['calendar'], origin: string) {
    this.free = new Set(calendar?.holidays.map(epochDay))
    this.worked = new Set(calendar?.workdays.map(epochDay))
    this.origin = epochDay(origin)
    this.next = this.origin
    this.last = this.origin - 1
  }

  /** Boundary at which a date begins: that of the first working day on or after it. */
  startOf(date: string): number {
    return this.countBefore(epochDay(date))
  }

  /** Boundary at which a date ends: after the last working day on or before it. */
  endOf(date: string): number {
    return this.countBefore(epochDay(date) + 1)
  }

  isFree(date: string): boolean {
    return !this.isWorked(epochDay(date))
  }

  /** The date of a working day by its number. */
  dateOf(index: number): string {
    const known = this.texts.get(index)
    if (known) return known
    while (index >= this.ahead.length) this.countAhead(this.next + STEP)
    while (-1 - index >= this.behind.length) this.countBehind(this.last - STEP)
    const day = index >= 0 ? this.ahead[index] : this.behind[-1 - index]
    const text = new Date(day * DAY_MS).toISOString().slice(0, 10)
    this.texts.set(index, text)
    return text
  }

  private countBefore(day: number): number {
    if (day >= this.origin) {
      this.countAhead(day)
      return lowerBound(this.ahead, day)
    }
    this.countBehind(day - 1)
    // `behind` descends: how many of its days are at or after the date.
    return -lowerBound(this.behind, day, true)
  }

  private countAhead(until: number) {
    if (until - this.origin > FURTHEST) throw new ScheduleError('no working day within reach')
    for (; this.next < until; this.next++) if (this.isWorked(this.next)) this.ahead.push(this.next)
  }

  private countBehind(until: number) {
    if (this.origin - until > FURTHEST) throw new ScheduleError('no working day within reach')
    for (; this.last > until; this.last--) if (this.isWorked(this.last)) this.behind.push(this.last)
  }

  /** A day in both lists is worked; 1970-01-01 was a Thursday. */
  private isWorked(day: number): boolean {
    if (this.worked.has(day)) return true
    if (this.free.has(day)) return false
    const weekday = (((day + 4) % 7) + 7) % 7
    return weekday !== 0 && weekday !== 6
  }
}

/** How many leading entries of a sorted list lie before a day (descending: at or after it). */
function lowerBound(list: readonly number[], day: number, descending = false): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (descending ? list[middle] >= day : list[middle] < day) low = middle + 1
    else high = middle
  }
  return low
}

function epochDay(date: string): number {
  if (!isCivilDate(date)) throw new ScheduleError(`not a date: ${date}`)
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS
}
