import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { enterStaff, type Cast } from './cast.js'

/** What HR has on its desk beside the batches, and the account of one member of staff. */
export async function tellPersonnel(_cast: Cast, today: string) {
  clock.freeze(today)
  const person = await db
    .from('persons')
    .join('assignments', 'assignments.person_id', 'persons.id')
    .where({ 'assignments.open_main': 1, 'assignments.employment_type': 'establishment' })
    .orderBy('persons.id')
    .select('persons.id', 'persons.name')
    .firstOrFail()
  await enterStaff('staff1', { id: Number(person.id), name: person.name })
}
