import db from '@adonisjs/lucid/services/db'
import { civilTime } from '#shared/clock'
import type { LastChange, Subject } from '#shared/ports/last_change'

/** Events of a record that change nothing in it. */
const READING = ['exported', 'printed', 'unmasked', 'seen', 'refused', 'file_opened']

/** The newest event of a record that changed it; null when there is none. */
export async function lastChangeOf({ type, id }: Subject): Promise<LastChange | null> {
  const events = db.from('audit_events').where({ subject_type: type, subject_id: id })
  for (const verb of READING) events.whereNot('action', 'like', `%.${verb}`)
  const row = await events.orderBy('id', 'desc').first()
  if (!row) return null
  return {
    who: row.actor_name,
    at: civilTime(row.occurred_at),
    action: row.action,
    changes: JSON.parse(row.changes),
  }
}

/** When an action on a record was last done; null when never. */
export async function lastTimeOf({ type, id }: Subject, action: string): Promise<string | null> {
  const subject = { subject_type: type, subject_id: id }
  const events = db.from('audit_events').where({ ...subject, action })
  const row = await events.orderBy('id', 'desc').first()
  return row ? civilTime(row.occurred_at) : null
}
