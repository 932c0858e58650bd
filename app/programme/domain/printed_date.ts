import { lastWorkdayOfMonth, type CalendarDays } from '#calendar/domain/working_days'
import { isCivilDate } from '#shared/dates'

export interface PrintedDate {
  /** Civil date that is meant. */
  date: string
  /** `YYYY-MM` when no day is printed. */
  month: string | null
}

const DAY = /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/
const MONTH = /^(\d{4})[年./-](\d{1,2})月?(?:底|末)?$/

/**
 * A date as a plan prints it (`2022年12月31日`, `2022年12月`). A month without a day means its last
 * working day on the official calendar. Null when it is none.
 */
export function readPrintedDate(text: string, calendar: CalendarDays): PrintedDate | null {
  const plain = text.replace(/\s/g, '').replace(/T?00:00(:00)?.*$/, '')
  const day = DAY.exec(plain)
  if (day) {
    const date = [day[1], ...day.slice(2).map((part) => part.padStart(2, '0'))].join('-')
    return isCivilDate(date) ? { date, month: null } : null
  }
  const found = MONTH.exec(plain)
  if (!found) return null
  const month = `${found[1]}-${found[2].padStart(2, '0')}`
  return isCivilDate(`${month}-01`) ? { date: lastWorkdayOfMonth(calendar, month), month } : null
}
