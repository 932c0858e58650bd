import db from '@adonisjs/lucid/services/db'
import { addDays } from '#shared/dates'
import { NotFoundError } from '#shared/errors'
import { calendarDays, isWorkday } from '../domain/working_days.js'
import { daysOfYear, type CalendarDay, type CalendarYear } from './load_calendar.js'

export interface DayCell {
  day: string
  /** Day of the month. */
  number: number
  worked: boolean
  entry: CalendarDay | null
}

export interface MonthBlock {
  month: string
  /** Monday first; null before the first and after the last day. */
  weeks: (DayCell | null)[][]
  workdays: number
}

export interface YearPage extends CalendarYear {
  id: number
  days: CalendarDay[]
  months: MonthBlock[]
  workdays: number
}

/** A year as it is printed: twelve months in weeks, with holidays and swapped days; 404 without it. */
export async function yearPage(year: number): Promise<YearPage> {
  const row = await db.from('calendar_years').where('year', year).first()
  if (!row) throw new NotFoundError('calendar year')
  const days = await daysOfYear(year)
  const calendar = calendarDays(days)
  const entries = new Map(days.map((entry) => [entry.day, entry]))
  const months = Array.from({ length: 12 }, (_, index) => {
    const month = `${year}-${String(index + 1).padStart(2, '0')}`
    const cells: DayCell[] = []
    for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) {
      const worked = isWorkday(calendar, day)
      cells.push({ day, number: Number(day.slice(8)), worked, entry: entries.get(day) ?? null })
    }
    return { month, weeks: weeksOf(cells), workdays: cells.filter(({ worked }) => worked).length }
  })
  return {
    id: Number(row.id),
    year,
    confirmed: Boolean(row.confirmed),
    source: row.source,
    version: Number(row.version),
    days,
    months,
    workdays: months.reduce((sum, { workdays }) => sum + workdays, 0),
  }
}

function weeksOf(cells: DayCell[]): (DayCell | null)[][] {
  const sunday = new Date(`${cells[0].day}T00:00:00Z`).getUTCDay()
  const padded: (DayCell | null)[] = [...Array((sunday + 6) % 7).fill(null), ...cells]
  while (padded.length % 7 !== 0) padded.push(null)
  return Array.from({ length: padded.length / 7 }, (_, week) =>
    padded.slice(week * 7, week * 7 + 7)
  )
}
