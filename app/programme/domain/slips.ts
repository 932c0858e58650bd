import { isWorkday, workdaysBetween, type CalendarDays } from '#calendar/domain/working_days'

/** Working days from one finish to another; positive is later. Null when one of them is unknown. */
export function slipBetween(
  calendar: CalendarDays,
  before: string | null | undefined,
  after: string | null | undefined
): number | null {
  if (!before || !after) return null
  if (before === after) return 0
  const ends = Number(isWorkday(calendar, after)) - Number(isWorkday(calendar, before))
  return workdaysBetween(calendar, before, after) + ends
}
