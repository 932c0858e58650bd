import db from '@adonisjs/lucid/services/db'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { Client } from '#decisions/queries/client'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import { withinUnits } from '#shared/lists/reach'
import {
  lightOf,
  soonUntil,
  type Light,
  type LitPart,
  type PartState,
  type Rhythm,
  type TaskState,
} from '../domain/tasks.js'

export interface PartRow {
  id: number
  taskId: number
  taskNumber: string
  taskTitle: string
  taskState: TaskState
  rhythm: Rhythm | null
  unitId: number
  unitName: string
  role: 'lead' | 'support'
  content: string
  dueOn: string | null
  state: PartState
  submittedBy: number | null
  submittedAt: string | null
  acceptedAt: string | null
  returnedAt: string | null
  comment: string | null
  version: number
  /** The supervision order that runs on it, and the step its clock has reached. */
  orderId: number | null
  orderNumber: string | null
  lastStep: number
}

export type LitPartRow = PartRow & { light: Light }

/** All parts of a task, the lead's first. */
export async function partsOfTask(taskId: number, client: Client = db): Promise<PartRow[]> {
  const rows = await partsFrom(client)
    .where('task_parts.task_id', taskId)
    .orderBy('task_parts.role')
    .orderBy('task_parts.id')
  return rows.map(partOf)
}

export async function partById(id: number, client: Client = db): Promise<PartRow> {
  const row = await partsFrom(client).where('task_parts.id', id).first()
  if (!row) throw new NotFoundError('task part')
  return partOf(row)
}

export interface PartFilters {
  units: 'all' | number[]
  /** open, submitted; both when left out */
  state?: PartState
  returned?: boolean
}

/** What units owe under tasks that were assigned, by deadline. */
export async function owedParts(filters: PartFilters): Promise<PartRow[]> {
  const query = partsFrom(db)
    .where('tasks.state', 'active')
    .whereIn('task_parts.state', filters.state ? [filters.state] : ['open', 'submitted'])
  withinUnits(query, 'task_parts.unit_id', filters.units)
  if (filters.returned) query.whereNotNull('task_parts.returned_at')
  const rows = await query
    .orderByRaw('case when task_parts.due_on is null then 1 else 0 end')
    .orderBy('task_parts.due_on')
    .orderBy('task_parts.id')
  return rows.map(partOf)
}

export type OwedCount = Pick<PartRow, 'unitId' | 'unitName' | 'state' | 'dueOn' | 'returnedAt'> & {
  light: Light
  parts: number
}

/** What units owe, counted by all that the light depends on. */
export async function countOwed(units: 'all' | number[]): Promise<OwedCount[]> {
  const sorts = ['unit_id', 'state', 'due_on', 'returned_at'].map((name) => `task_parts.${name}`)
  const owed = db
    .from('task_parts')
    .join('tasks', 'tasks.id', 'task_parts.task_id')
    .where('tasks.state', 'active')
    .whereIn('task_parts.state', ['open', 'submitted'])
    .groupBy(...sorts)
    .select(...sorts)
    .count('* as parts')
  withinUnits(owed, 'task_parts.unit_id', units)
  const rows = await db
    .from(owed.as('owed'))
    .join('units', 'units.id', 'owed.unit_id')
    .select('owed.*', 'units.name as unit_name')
  return withLights(
    rows.map((row) => ({
      unitId: Number(row.unit_id),
      unitName: row.unit_name as string,
      state: row.state as PartState,
      dueOn: row.due_on,
      returnedAt: row.returned_at,
      parts: Number(row.parts),
    }))
  )
}

/** How many finished parts a page shows. */
export const FINISHED_SHOWN = 20

/** The parts that a unit finished last, latest first. */
export async function finishedParts(unitIds: number[]): Promise<PartRow[]> {
  const rows = await partsFrom(db)
    .whereIn('task_parts.unit_id', unitIds.length ? unitIds : [-1])
    .where('task_parts.state', 'accepted')
    .orderBy('task_parts.accepted_at', 'desc')
    .orderBy('task_parts.id', 'desc')
    .limit(FINISHED_SHOWN)
  return rows.map(partOf)
}

/** The light of each part as of today. */
export async function withLights<Part extends LitPart>(
  parts: readonly Part[]
): Promise<(Part & { light: Light })[]> {
  const today = clock.today()
  const soonOn = soonUntil(await loadCalendar(), today)
  return parts.map((part) => ({ ...part, light: lightOf(part, today, soonOn) }))
}

function partsFrom(client: Client) {
  return client
    .from('task_parts')
    .join('tasks', 'tasks.id', 'task_parts.task_id')
    .join('units', 'units.id', 'task_parts.unit_id')
    .leftJoin('supervision_orders', (join) =>
      join
        .on('supervision_orders.part_id', 'task_parts.id')
        .andOnVal('supervision_orders.state', 'running')
    )
    .select('task_parts.*', 'units.name as unit_name')
    .select('tasks.number as task_number', 'tasks.title as task_title')
    .select('tasks.state as task_state', 'tasks.rhythm')
    .select('supervision_orders.id as order_id', 'supervision_orders.number as order_number')
    .select('supervision_orders.last_step')
}

function partOf(row: any): PartRow {
  return {
    id: Number(row.id),
    taskId: Number(row.task_id),
    taskNumber: row.task_number,
    taskTitle: row.task_title,
    taskState: row.task_state,
    rhythm: row.rhythm,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    role: row.role,
    content: row.content,
    dueOn: row.due_on,
    state: row.state,
    submittedBy: idOf(row.submitted_by),
    submittedAt: row.submitted_at,
    acceptedAt: row.accepted_at,
    returnedAt: row.returned_at,
    comment: row.comment,
    version: Number(row.version),
    orderId: idOf(row.order_id),
    orderNumber: row.order_number,
    lastStep: row.last_step === null ? -1 : Number(row.last_step),
  }
}

const idOf = (value: unknown) => (value === null || value === undefined ? null : Number(value))
