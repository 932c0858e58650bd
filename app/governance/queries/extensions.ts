import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import { withinUnits } from '#shared/lists/reach'

export interface ExtensionRow {
  id: number
  partId: number
  taskId: number
  taskNumber: string
  taskTitle: string
  unitId: number
  unitName: string
  fromOn: string
  untilOn: string
  reason: string
  state: 'submitted' | 'approved' | 'refused'
  askedBy: number | null
  askedByName: string | null
  decidedByName: string | null
  decidedAt: string | null
  comment: string | null
  version: number
}

export async function extensionById(id: number, client: Client = db): Promise<ExtensionRow> {
  const row = await extensionsFrom(client).where('task_extensions.id', id).first()
  if (!row) throw new NotFoundError('extension')
  return extensionOf(row)
}

/** Requests about these parts, oldest first. */
export async function extensionsOf(partIds: readonly number[]): Promise<ExtensionRow[]> {
  const rows = await extensionsFrom(db)
    .whereIn('task_extensions.part_id', partIds.length ? [...partIds] : [-1])
    .orderBy('task_extensions.id')
  return rows.map(extensionOf)
}

/** Requests that wait for a decision. */
export async function waitingExtensions(units: 'all' | number[]): Promise<ExtensionRow[]> {
  const query = extensionsFrom(db).where('task_extensions.state', 'submitted')
  withinUnits(query, 'task_parts.unit_id', units)
  return (await query.orderBy('task_extensions.id')).map(extensionOf)
}

function extensionsFrom(client: Client) {
  return client
    .from('task_extensions')
    .join('task_parts', 'task_parts.id', 'task_extensions.part_id')
    .join('tasks', 'tasks.id', 'task_parts.task_id')
    .join('units', 'units.id', 'task_parts.unit_id')
    .leftJoin('users as askers', 'askers.id', 'task_extensions.asked_by')
    .leftJoin('users as deciders', 'deciders.id', 'task_extensions.decided_by')
    .select('task_extensions.*', 'tasks.id as task_id', 'tasks.number as task_number')
    .select('tasks.title as task_title', 'units.id as unit_id', 'units.name as unit_name')
    .select('askers.name as asker_name', 'deciders.name as decider_name')
}

function extensionOf(row: any): ExtensionRow {
  return {
    id: Number(row.id),
    partId: Number(row.part_id),
    taskId: Number(row.task_id),
    taskNumber: row.task_number,
    taskTitle: row.task_title,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    fromOn: row.from_on,
    untilOn: row.until_on,
    reason: row.reason,
    state: row.state,
    askedBy: row.asked_by === null ? null : Number(row.asked_by),
    askedByName: row.asker_name,
    decidedByName: row.decider_name,
    decidedAt: row.decided_at,
    comment: row.comment,
    version: Number(row.version),
  }
}
