import { addDays } from '#shared/dates'
import { addWorkdays, nextWorkday, type CalendarDays } from './working_days.js'

export interface PublicityPeriod {
  /** First day that counts: the working day after the announcement. */
  from: string
  /** Last day that counts; objections are taken until its 24:00. */
  to: string
  /** The day after `to`: from here on the result may be used (half-open `[from, ends)`). */
  ends: string
}

/**
 * The period of 公示: `days` working days of the official calendar, counted from the working day
 * after the announcement (domain rules "Working days and hours"). `days` is at least 1.
 */
export function publicityPeriod(
  calendar: CalendarDays,
  announcedOn: string,
  days: number
): PublicityPeriod {
  if (!Number.isInteger(days) || days < 1) throw new RangeError(`Not a publicity period: ${days}`)
  const to = addWorkdays(calendar, announcedOn, days)
  return { from: nextWorkday(calendar, announcedOn), to, ends: addDays(to, 1) }
}
