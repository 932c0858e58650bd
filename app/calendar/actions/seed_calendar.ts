import db from '@adonisjs/lucid/services/db'
import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction, insertRow, isUniqueViolation } from '#shared/database'
import { seedDays } from '../domain/seed_days.js'

export const FIRST_YEAR = 2014
export const LAST_YEAR = 2027

/**
 * Puts the official holidays and swapped days of the known years in the table, years that are not
 * announced yet as unconfirmed. A year that is there already is never touched: it may have been
 * corrected by hand.
 */
export async function seedCalendar(actor: Actor = Actor.system()): Promise<number[]> {
  const known = new Set(
    (await db.from('calendar_years').select('year')).map(({ year }) => Number(year))
  )
  const added: number[] = []
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    if (!known.has(year) && (await seedYear(actor, year))) added.push(year)
  }
  return added
}

/** False when another process was quicker. */
async function seedYear(actor: Actor, year: number): Promise<boolean> {
  const days = seedDays(year)
  const confirmed = days.every((day) => day.confirmed)
  try {
    await inTransaction(async (trx) => {
      const id = await insertRow(trx, 'calendar_years', {
        year,
        confirmed,
        source: confirmed ? 'announced' : 'statutory',
        version: 1,
        created_at: clock.now(),
      })
      await bulkInsert(
        trx,
        'calendar_days',
        days.map(({ day, kind, name }) => ({
          day,
          kind,
          name,
          version: 1,
          created_at: clock.now(),
        }))
      )
      await record(trx, actor, {
        action: 'calendar.year.seeded',
        subjectType: 'calendar_year',
        subjectId: id,
        changes: { year, confirmed, days: days.length },
      })
    })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}
