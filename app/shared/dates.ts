import dayjs from 'dayjs'

const FORMAT = 'YYYY-MM-DD'
const DAY_MS = 86_400_000

/** True for a real civil date written `YYYY-MM-DD`. */
export function isCivilDate(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8))
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDayOf(Number(text.slice(0, 4)), month)
}

function lastDayOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Civil date plus whole days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Civil date plus whole months; the 31st becomes the last day of a shorter month. */
export function addMonths(date: string, months: number): string {
  return dayjs(date).add(months, 'month').format(FORMAT)
}

/** `YYYY-MM` of a civil date. */
export function monthOf(date: string): string {
  return date.slice(0, 7)
}

/** The month before or after: `('2022-03', -1)` → `2022-02`. */
export function shiftMonth(month: string, by: number): string {
  return dayjs(`${month}-01`).add(by, 'month').format('YYYY-MM')
}

/** Whole months from one `YYYY-MM` to another. */
export function monthsBetween(from: string, to: string): number {
  return dayjs(`${to}-01`).diff(dayjs(`${from}-01`), 'month')
}

/** `2022年3月31日` in Chinese, `31 March 2022` in English. */
export function longDate(date: string, locale: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return locale === 'en'
    ? new Date(Date.UTC(year, month - 1, day)).toLocaleDateString('en-GB', {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        timeZone: 'UTC',
      })
    : `${year}年${month}月${day}日`
}
