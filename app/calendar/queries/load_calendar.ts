import db from '@adonisjs/lucid/services/db'
import type { Trx } from '#shared/database'
import { readOnce } from '#shared/shared_reads'
import { calendarDays, type CalendarDays, type DayKind } from '../domain/working_days.js'

/** The official calendar with its corrections, for the functions of `domain/`. */
export async function loadCalendar(client: typeof db | Trx = db): Promise<CalendarDays> {
  return client === db ? readOnce('calendar', () => calendarFrom(db)) : calendarFrom(client)
}

async function calendarFrom(client: typeof db | Trx): Promise<CalendarDays> {
  const rows = await client.from('calendar_days').select('day', 'kind').orderBy('day')
  return calendarDays(rows.map((row) => ({ day: row.day, kind: row.kind })))
}

export interface CalendarYear {
  year: number
  confirmed: boolean
  source: string
  version: number
}

export interface CalendarDay {
  id: number
  day: string
  kind: DayKind
  name: string
  version: number
}

export async function calendarYears(): Promise<CalendarYear[]> {
  const rows = await db.from('calendar_years').orderBy('year')
  return rows.map((row) => ({
    year: Number(row.year),
    confirmed: Boolean(row.confirmed),
    source: row.source,
    version: Number(row.version),
  }))
}

export async function daysOfYear(year: number): Promise<CalendarDay[]> {
  const rows = await db
    .from('calendar_days')
    .whereBetween('day', [`${year}-01-01`, `${year}-12-31`])
    .orderBy('day')
  return rows.map((row) => ({
    id: Number(row.id),
    day: row.day,
    kind: row.kind,
    name: row.name,
    version: Number(row.version),
  }))
}
