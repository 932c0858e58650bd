import { workdaysBetween, type CalendarDays } from '#calendar/domain/working_days'
import { addDays } from '#shared/dates'

/** Working days from one finish to another; positive is later. Null when one of them is unknown. */
export function slipBetween(
  calendar: CalendarDays,
  before: string | null | undefined,
  after: string | null | undefined
): number | null {
  if (!before || !after) return null
  if (before === after) return 0
  return workdaysBetween(calendar, addDays(before, 1), addDays(after, 1))
}
