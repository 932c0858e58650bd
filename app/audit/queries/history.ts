import db from '@adonisjs/lucid/services/db'
import { civilTime } from '#shared/clock'
import type { Row } from '#shared/database'
import type { RecordSource } from '#shared/ports/record_sources'

export interface HistoryRow {
  id: number
  at: string
  actor: string
  onBehalfOf: string | null
  action: string
  changes: Record<string, unknown>
  /** Older events than this one are not shown: the panel says so. */
  older: boolean
  /** What wrote it. */
  source?: RecordSource
}

const SHOWN = 30

/** The newest events of one subject, newest first, for the history panel of its page. */
export async function historyOf(subjectType: string, subjectId: number): Promise<HistoryRow[]> {
  const rows = await db
    .from('audit_events')
    .where({ subject_type: subjectType, subject_id: subjectId })
    .orderBy('id', 'desc')
    .limit(SHOWN + 1)
  return newestOf(rows.map(historyRow))
}

/** What was done once to each of several subjects, by subject: part of another one's history. */
export async function deedsOn(
  action: string,
  subjectType: string,
  subjectIds: readonly number[]
): Promise<Map<number, HistoryRow>> {
  const rows = await db
    .from('audit_events')
    .where({ action, subject_type: subjectType })
    .whereIn('subject_id', [...subjectIds])
    .orderBy('id')
  return new Map(rows.map((row) => [Number(row.subject_id), historyRow(row)]))
}

function historyRow(row: Row): HistoryRow {
  return {
    id: Number(row.id),
    at: civilTime(row.occurred_at),
    actor: row.actor_name,
    onBehalfOf: row.on_behalf_of,
    action: row.action,
    changes: JSON.parse(row.changes),
    older: false,
  }
}

/** As many as a panel shows, of events newest first; the last of them says when there are more. */
export function newestOf(events: HistoryRow[]): HistoryRow[] {
  const shown = events.slice(0, SHOWN)
  const last = shown.at(-1)
  if (last && events.length > SHOWN) last.older = true
  return shown
}
