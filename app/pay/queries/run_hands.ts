import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { inChunks } from '#shared/database'

/** Of some runs those that one of these users opened, set up, computed, checked or entered into. */
export async function runsTouchedBy(
  userIds: readonly (number | null | undefined)[],
  runIds: readonly number[],
  client: Client = db
): Promise<Set<number>> {
  const known = userIds.filter((id) => typeof id === 'number')
  if (known.length === 0 || runIds.length === 0) return new Set()
  const rows = await inChunks([...runIds], 400, (ids) =>
    client.from('pay_run_hands').whereIn('user_id', known).whereIn('run_id', ids).select('run_id')
  )
  return new Set(rows.map((row) => Number(row.run_id)))
}
