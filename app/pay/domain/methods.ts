import { workdaysBetween, type CalendarDays } from '#calendar/domain/working_days'
import { addDays, isCivilDate } from '#shared/dates'

/** The way of a distribution method (绩效工资分配办法), in its order; publicity ends with its last day. */
export const METHOD_DAYS = [
  'congress_on',
  'meeting_on',
  'supervision_on',
  'publicity_from',
  'publicity_to',
] as const
export type MethodDays = Record<(typeof METHOD_DAYS)[number], string>

/** Working days of its publicity, at least. */
export const PUBLICITY_DAYS = 5

/** The first day that is none, lies before the step it follows, or ends the publicity too early. */
export function wrongDay(
  days: MethodDays,
  calendar: CalendarDays
): { field: keyof MethodDays; error: string } | null {
  for (const [index, field] of METHOD_DAYS.entries()) {
    if (!isCivilDate(days[field])) return { field, error: 'day' }
    if (index && days[field] < days[METHOD_DAYS[index - 1]]) {
      return { field, error: `method_${field}` }
    }
  }
  const open = workdaysBetween(calendar, days.publicity_from, addDays(days.publicity_to, 1))
  return open < PUBLICITY_DAYS ? { field: 'publicity_to', error: 'method_days' } : null
}
