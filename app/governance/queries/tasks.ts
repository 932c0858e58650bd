import db from '@adonisjs/lucid/services/db'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { Client } from '#decisions/queries/client'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import {
  lightOf,
  soonUntil,
  type Light,
  type Rhythm,
  type SourceKind,
  type TaskState,
} from '../domain/tasks.js'

export interface TaskRow {
  id: number
  number: string
  title: string
  sourceKind: SourceKind
  source: string
  resolutionId: number | null
  planNo: number | null
  bodyId: number | null
  bodyName: string | null
  rhythm: Rhythm | null
  criteria: string | null
  state: TaskState
  comment: string | null
  preparedBy: number | null
  doneAt: string | null
  readAt: string | null
  readByName: string | null
  leadUnitId: number
  leadUnitName: string
  /** The lead's deadline, or its next report. */
  dueOn: string | null
  light: Light
  version: number
}

export interface TaskFilters {
  /** What the actor's grants reach: the task leads into or is supported by one of these units. */
  units: 'all' | number[]
  state?: string | null
  source?: string | null
  unitId?: number | null
  light?: string | null
  text?: string | null
}

/** Newest first. */
export async function taskPage(
  filters: TaskFilters & { cursor: string | null }
): Promise<KeysetPage<TaskRow>> {
  const days = await daysNow()
  const page = await keysetPage<any>(matching(filters, days), {
    column: 'tasks.id',
    idColumn: 'tasks.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map((row) => taskOf(row, days)) }
}

/** Everything that the filter gives, or the first of it, oldest first. */
export async function taskList(filters: TaskFilters, first?: number): Promise<TaskRow[]> {
  const days = await daysNow()
  const query = matching(filters, days).orderBy('tasks.id')
  if (first) query.limit(first)
  const rows: any[] = await query
  return rows.map((row) => taskOf(row, days))
}

export async function taskById(id: number, client: Client = db): Promise<TaskRow> {
  const row = await tasksFrom(client).where('tasks.id', id).first()
  if (!row) throw new NotFoundError('task')
  return taskOf(row, await daysNow(client))
}

interface Days {
  today: string
  soonOn: string
}

async function daysNow(client: Client = db): Promise<Days> {
  const today = clock.today()
  return { today, soonOn: soonUntil(await loadCalendar(client), today) }
}

function matching(filters: TaskFilters, days: Days) {
  const query = tasksFrom(db)
  if (filters.state) query.where('tasks.state', filters.state)
  if (filters.source) query.where('tasks.source_kind', filters.source)
  for (const units of [filters.units, filters.unitId ? [filters.unitId] : 'all'] as const) {
    if (units === 'all') continue
    query.whereExists((part) =>
      part
        .from('task_parts as own')
        .whereColumn('own.task_id', 'tasks.id')
        .whereIn('own.unit_id', units.length ? units : [-1])
        .whereNot('own.state', 'ended')
    )
  }
  if (filters.text) {
    const like = `%${filters.text.replace(/[\\%_]/g, '')}%`
    query.where((any) => any.where('tasks.title', 'like', like).orWhere('tasks.number', like))
  }
  lit(query, filters.light ?? null, days)
  return query
}

/** The same rule as `lightOf`, for the lead's part. */
function lit(query: ReturnType<typeof tasksFrom>, light: string | null, days: Days) {
  if (!light) return
  const open = () => query.where('tasks.state', 'active').where('lead.state', 'open')
  if (light === 'red') open().where('lead.due_on', '<', days.today)
  if (light === 'yellow') {
    open()
      .where((late) => late.whereNull('lead.due_on').orWhere('lead.due_on', '>=', days.today))
      .where((any) =>
        any.whereNotNull('lead.returned_at').orWhere('lead.due_on', '<=', days.soonOn)
      )
  }
  if (light === 'green') {
    open()
      .whereNull('lead.returned_at')
      .where((any) => any.whereNull('lead.due_on').orWhere('lead.due_on', '>', days.soonOn))
  }
  if (light === 'checking') query.where('tasks.state', 'active').where('lead.state', 'submitted')
  if (light === 'done') query.whereIn('lead.state', ['accepted', 'ended'])
}

function tasksFrom(client: Client) {
  return client
    .from('tasks')
    .join('task_parts as lead', (join) =>
      join.on('lead.task_id', 'tasks.id').andOnVal('lead.role', 'lead')
    )
    .join('units', 'units.id', 'lead.unit_id')
    .leftJoin('bodies', 'bodies.id', 'tasks.body_id')
    .leftJoin('users as readers', 'readers.id', 'tasks.read_by')
    .select('tasks.*', 'units.name as lead_unit_name', 'lead.unit_id as lead_unit_id')
    .select('lead.due_on', 'lead.state as lead_state', 'lead.returned_at')
    .select('bodies.name as body_name', 'readers.name as reader_name')
}

function taskOf(row: any, { today, soonOn }: Days): TaskRow {
  const lead = { state: row.lead_state, dueOn: row.due_on, returnedAt: row.returned_at }
  return {
    id: Number(row.id),
    number: row.number,
    title: row.title,
    sourceKind: row.source_kind,
    source: row.source,
    resolutionId: row.resolution_id === null ? null : Number(row.resolution_id),
    planNo: row.plan_no === null ? null : Number(row.plan_no),
    bodyId: row.body_id === null ? null : Number(row.body_id),
    bodyName: row.body_name,
    rhythm: row.rhythm,
    criteria: row.criteria,
    state: row.state,
    comment: row.comment,
    preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
    doneAt: row.done_at,
    readAt: row.read_at,
    readByName: row.reader_name,
    leadUnitId: Number(row.lead_unit_id),
    leadUnitName: row.lead_unit_name,
    dueOn: row.due_on,
    light: row.state === 'ended' ? 'done' : lightOf(lead, today, soonOn),
    version: Number(row.version),
  }
}
