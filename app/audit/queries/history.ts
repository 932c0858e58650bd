import db from '@adonisjs/lucid/services/db'
import { civilTime } from '#shared/clock'

export interface HistoryRow {
  id: number
  at: string
  actor: string
  onBehalfOf: string | null
  action: string
  changes: Record<string, unknown>
}

/** The newest events of one subject, newest first, for the history panel of its page. */
export async function historyOf(
  subjectType: string,
  subjectId: number,
  limit = 30
): Promise<HistoryRow[]> {
  const rows = await db
    .from('audit_events')
    .where({ subject_type: subjectType, subject_id: subjectId })
    .orderBy('id', 'desc')
    .limit(limit)
  return rows.map((row) => ({
    id: Number(row.id),
    at: civilTime(row.occurred_at),
    actor: row.actor_name,
    onBehalfOf: row.on_behalf_of,
    action: row.action,
    changes: JSON.parse(row.changes),
  }))
}
