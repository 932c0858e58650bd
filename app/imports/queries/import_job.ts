import db from '@adonisjs/lucid/services/db'
import type { Row } from '#shared/database'
import { jobKey } from '../domain/job_key.js'
import type { ImportRecord } from './import_row.js'

/** The job that works on an import now, null when it waits for a person. */
export async function jobOf(record: ImportRecord): Promise<Row | null> {
  if (record.state !== 'checking' && record.state !== 'committing') return null
  const verb = record.state === 'checking' ? 'check' : 'commit'
  // the move that queued it made this version out of the one before
  const key = jobKey(verb, { id: record.id, version: record.version - 1 })
  return db.from('jobs').where('job_key', key).first()
}
