import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inTransaction, updateVersioned, type Trx } from '#shared/database'
import { NotFoundError } from '#shared/errors'

/** Says that a year's days now follow the State Council's notice, and which one. */
export async function confirmYear(
  input: { year: number; version: number; source: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const row = await client.from('calendar_years').where('year', input.year).first()
    if (!row) throw new NotFoundError('calendar year')
    const id = Number(row.id)
    await updateVersioned(client, 'calendar_years', id, input.version, {
      confirmed: true,
      source: input.source,
    })
    await record(client, actor, {
      action: 'calendar.year.confirmed',
      subjectType: 'calendar_year',
      subjectId: id,
      changes: { year: input.year, source: [row.source, input.source] },
    })
  }, trx)
}
