import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { inTransaction, toInt } from '#shared/database'

const DAY = 86_400
const AT_ONCE = 1_000

/**
 * What only serves for a while: jobs that came by the clock and went well (3 days), other ended jobs
 * and the keys of sent forms (90 days), counted sign-in attempts (a day). Nothing that is on record
 * anywhere else: events, documents, imports and people are never removed here.
 */
const TEMPORARY = [
  {
    table: 'jobs',
    old: () =>
      db
        .from('jobs')
        .where('state', 'done')
        .whereNull('created_by')
        .where('finished_at', '<', ago(3)),
  },
  {
    table: 'jobs',
    old: () =>
      db.from('jobs').whereIn('state', ['done', 'failed']).where('finished_at', '<', ago(90)),
  },
  {
    table: 'idempotency_keys',
    old: () => db.from('idempotency_keys').where('created_at', '<', ago(90)),
  },
  { table: 'throttles', old: () => db.from('throttles').where('window_ends', '<', ago(1)) },
]

/** Removes it in pieces that hold no other writer up. Returns how many rows went. */
export async function prune(): Promise<{ removed: number }> {
  let removed = 0
  for (const { table, old } of TEMPORARY) {
    for (;;) {
      const rows = await old().limit(AT_ONCE).select('id')
      if (rows.length === 0) break
      const ids = rows.map(({ id }) => id)
      removed += toInt(await inTransaction((trx) => trx.from(table).whereIn('id', ids).delete()))
    }
  }
  return { removed }
}

function ago(days: number): string {
  return clock.in(-days * DAY)
}
