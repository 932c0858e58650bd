import chineseDays from 'chinese-days'
import { addDays } from '#shared/dates'
import type { DayKind } from './working_days.js'

export interface SeedDay {
  day: string
  kind: DayKind
  /** Chinese name of the holiday that makes the day free or a swapped working day. */
  name: string
  /** False where the State Council's notice for the year is not in the package yet. */
  confirmed: boolean
}

/**
 * Holidays and swapped working days (调休) of a year, ascending. Announced years come from the
 * package `chinese-days` (the State Council's yearly notices). A year that is not announced yet
 * gets the statutory free days alone (国务院令第795号, in force from 2025-01-01), unconfirmed and
 * without swapped days, so that an administrator replaces them when the notice is out.
 */
export function seedDays(year: number): SeedDay[] {
  const announced = announcedDays(year)
  return announced.length > 0 ? announced : statutoryDays(year)
}

function announcedDays(year: number): SeedDay[] {
  const days: SeedDay[] = []
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const { work, name } = chineseDays.getDayDetail(day)
    // A day of the notices is named "Spring Festival,春节,4"; any other day by its weekday.
    const [, chinese] = name.split(',')
    if (chinese) {
      days.push({ day, kind: work ? 'workday' : 'holiday', name: chinese, confirmed: true })
    }
  }
  return days
}

function statutoryDays(year: number): SeedDay[] {
  const newYear = lunar(year, '01-01')
  const free: [string, string, number][] = [
    [`${year}-01-01`, '元旦', 1],
    [addDays(newYear, -1), '春节', 4],
    [tombSweeping(year), '清明', 1],
    [`${year}-05-01`, '劳动节', 2],
    [lunar(year, '05-05'), '端午', 1],
    [lunar(year, '08-15'), '中秋', 1],
    [`${year}-10-01`, '国庆节', 3],
  ]
  const days = new Map<string, SeedDay>()
  for (const [first, name, count] of free) {
    for (let index = 0; index < count; index++) {
      const day = addDays(first, index)
      // Mid-autumn may fall into the National Day's three days; a day is listed once.
      if (!days.has(day)) days.set(day, { day, kind: 'holiday', name, confirmed: false })
    }
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

function lunar(year: number, monthDay: string): string {
  return chineseDays.getSolarDateFromLunar(`${year}-${monthDay}`).date
}

function tombSweeping(year: number): string {
  return chineseDays.getSolarTermDate(year, 4, 'pure_brightness')
}
