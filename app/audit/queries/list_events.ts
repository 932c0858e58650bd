import db from '@adonisjs/lucid/services/db'
import { APP_TZ, civilTime } from '#shared/clock'
import { addDays, isCivilDate } from '#shared/dates'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import dayjs from 'dayjs'

export interface EventFilter {
  text?: string
  action?: string
  subjectType?: string
  subjectId?: number
  actorId?: number
  from?: string
  through?: string
}

export interface EventRow {
  id: number
  sequence: number | null
  at: string
  actor: string
  onBehalfOf: string | null
  action: string
  subjectType: string
  subjectId: number | null
  requestId: string | null
  changes: Record<string, unknown>
}

/** The log, newest first, by who, what, whom and when. */
export async function listEvents(
  filter: EventFilter,
  cursor: string | null,
  size = PAGE_SIZE
): Promise<KeysetPage<EventRow>> {
  const page = await keysetPage<any>(filtered(filter).select('audit_events.*'), {
    column: 'audit_events.id',
    idColumn: 'audit_events.id',
    direction: 'desc',
    size,
    cursor,
  })
  return { ...page, rows: page.rows.map(eventRow) }
}

/** Every event of the filter, oldest first, in pieces, for the export. */
export async function* eachEvent(filter: EventFilter): AsyncGenerator<EventRow> {
  for (let last = 0; ;) {
    const rows = await filtered(filter).where('id', '>', last).orderBy('id').limit(1_000)
    for (const row of rows) yield eventRow(row)
    if (rows.length < 1_000) return
    last = Number(rows.at(-1)!.id)
  }
}

function filtered(filter: EventFilter) {
  const query = db.from('audit_events')
  if (filter.text) query.where('actor_name', 'like', `%${filter.text}%`)
  if (filter.action) query.where('action', 'like', `${filter.action}%`)
  if (filter.subjectType) query.where('subject_type', filter.subjectType)
  if (filter.subjectId) query.where('subject_id', filter.subjectId)
  if (filter.actorId) query.where('actor_id', filter.actorId)
  if (isCivilDate(filter.from)) query.where('occurred_at', '>=', startOf(filter.from))
  if (isCivilDate(filter.through)) {
    query.where('occurred_at', '<', startOf(addDays(filter.through, 1)))
  }
  return query
}

/** The moment at which a civil day begins. */
function startOf(date: string): string {
  return dayjs.tz(`${date} 00:00:00`, APP_TZ).utc().format('YYYY-MM-DD HH:mm:ss.SSS')
}

function eventRow(row: any): EventRow {
  return {
    id: Number(row.id),
    sequence: row.sequence === null ? null : Number(row.sequence),
    at: civilTime(row.occurred_at),
    actor: row.actor_name,
    onBehalfOf: row.on_behalf_of,
    action: row.action,
    subjectType: row.subject_type,
    subjectId: row.subject_id === null ? null : Number(row.subject_id),
    requestId: row.request_id,
    changes: JSON.parse(row.changes),
  }
}
