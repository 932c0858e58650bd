import { addDays, isCivilDate, shiftMonth } from '#shared/dates'

/**
 * What the official calendar says beside Monday to Friday: `holidays` are free, `workdays` are
 * the swapped days (调休) on which people work although it is a weekend. A day in both is worked.
 */
export interface CalendarDays {
  holidays: ReadonlySet<string>
  workdays: ReadonlySet<string>
}

export type DayKind = 'holiday' | 'workday'

export interface CalendarRow {
  day: string
  kind: DayKind
}

/** No year of any calendar has this many free days on end; the search for a workday stops here. */
const LONGEST_REST = 366

/** Builds the value from rows of a table; with two rows for a day the last one counts. */
export function calendarDays(rows: Iterable<CalendarRow>): CalendarDays {
  const holidays = new Set<string>()
  const workdays = new Set<string>()
  for (const { day, kind } of rows) {
    const [into, outOf] = kind === 'holiday' ? [holidays, workdays] : [workdays, holidays]
    into.add(day)
    outOf.delete(day)
  }
  return { holidays, workdays }
}

/** Is the civil date a working day? Throws RangeError when it is not a civil date. */
export function isWorkday(calendar: CalendarDays, day: string): boolean {
  if (!isCivilDate(day)) throw new RangeError(`Not a civil date: ${day}`)
  if (calendar.workdays.has(day)) return true
  if (calendar.holidays.has(day)) return false
  return !isWeekend(day)
}

/** The first working day after `day`. */
export function nextWorkday(calendar: CalendarDays, day: string): string {
  return searchWorkday(calendar, day, 1)
}

/** The last working day before `day`. */
export function previousWorkday(calendar: CalendarDays, day: string): string {
  return searchWorkday(calendar, day, -1)
}

/** `day` itself when it is worked, else the next working day. */
export function workdayFrom(calendar: CalendarDays, day: string): string {
  return isWorkday(calendar, day) ? day : nextWorkday(calendar, day)
}

/**
 * The civil date `count` working days after `day` (before it, when negative). `day` itself is
 * never counted; 0 gives `day` back, worked or not.
 */
export function addWorkdays(calendar: CalendarDays, day: string, count: number): string {
  if (!Number.isInteger(count)) throw new RangeError(`Not a number of days: ${count}`)
  const step = count < 0 ? -1 : 1
  let at = day
  for (let left = Math.abs(count); left > 0; left--) at = searchWorkday(calendar, at, step)
  return at
}

/** Working days in the half-open interval `[from, to)`; negative when `to` lies before `from`. */
export function workdaysBetween(calendar: CalendarDays, from: string, to: string): number {
  if (to < from) return -workdaysBetween(calendar, to, from)
  const within = (day: string) => from <= day && day < to
  let count = weekdaysBefore(to) - weekdaysBefore(from)
  for (const day of calendar.holidays) {
    if (within(day) && !isWeekend(day) && !calendar.workdays.has(day)) count--
  }
  for (const day of calendar.workdays) if (within(day) && isWeekend(day)) count++
  return count
}

/** Mondays to Fridays before the day, counted from the Monday 1969-12-29. */
function weekdaysBefore(day: string): number {
  if (!isCivilDate(day)) throw new RangeError(`Not a civil date: ${day}`)
  const days = Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 3
  const weeks = Math.floor(days / 7)
  return weeks * 5 + Math.min(days - weeks * 7, 5)
}

function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6
}

/** The last working day of a month `YYYY-MM`. */
export function lastWorkdayOfMonth(calendar: CalendarDays, month: string): string {
  return previousWorkday(calendar, `${shiftMonth(month, 1)}-01`)
}

function searchWorkday(calendar: CalendarDays, day: string, step: 1 | -1): string {
  let at = day
  for (let tried = 0; tried < LONGEST_REST; tried++) {
    at = addDays(at, step)
    if (isWorkday(calendar, at)) return at
  }
  throw new RangeError(`No working day within a year of ${day}`)
}
