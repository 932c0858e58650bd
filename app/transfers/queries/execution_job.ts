import db from '@adonisjs/lucid/services/db'
import type { BatchRow } from './batches.js'

/** The newest job that executes or executed a batch, as a row of `jobs`; null: none yet. */
export async function executionJobOf(batch: BatchRow) {
  if (batch.state !== 'scheduled') return null
  const key = `transfers.execute:${batch.id}:`
  return db.from('jobs').where('job_key', 'like', `${key}%`).orderBy('id', 'desc').first()
}
