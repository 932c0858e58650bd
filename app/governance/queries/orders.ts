import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import { civilDate } from '#shared/clock'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import { clockSteps, type ClockStep, type OrderState } from '../domain/supervision.js'
import { clockRules, workingClock } from './clock_rules.js'

export interface OrderRow {
  id: number
  number: string
  partId: number
  taskId: number
  taskNumber: string
  taskTitle: string
  content: string
  unitId: number
  unitName: string
  requirement: string
  issuedAt: string
  issuedByName: string | null
  deadlineOn: string
  run: number
  countedFrom: string
  lastStep: number
  state: OrderState
  closedAt: string | null
  closing: string | null
  version: number
}

export interface OrderFilters {
  units: 'all' | number[]
  state?: string | null
  unitId?: number | null
  /** Last step reached; 1 and above: overdue. */
  level?: number | null
}

/** Newest first. */
export async function orderPage(
  filters: OrderFilters & { cursor: string | null }
): Promise<KeysetPage<OrderRow>> {
  const query = ordersFrom(db)
  withinUnits(query, 'task_parts.unit_id', filters.units)
  if (filters.state) query.where('supervision_orders.state', filters.state)
  if (filters.unitId) query.where('task_parts.unit_id', filters.unitId)
  if (filters.level !== null && filters.level !== undefined) {
    query.where('supervision_orders.last_step', '>=', filters.level)
  }
  const page = await keysetPage<any>(query, {
    column: 'supervision_orders.id',
    idColumn: 'supervision_orders.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(orderOf) }
}

export async function orderById(id: number, client: Client = db): Promise<OrderRow> {
  const row = await ordersFrom(client).where('supervision_orders.id', id).first()
  if (!row) throw new NotFoundError('supervision order')
  return orderOf(row)
}

/** Orders of a task's parts, oldest first. */
export async function ordersOfParts(partIds: readonly number[]): Promise<OrderRow[]> {
  const rows = await ordersFrom(db)
    .whereIn('supervision_orders.part_id', partIds.length ? [...partIds] : [-1])
    .orderBy('supervision_orders.id')
  return rows.map(orderOf)
}

/** When each step of the order's present run is or was due. */
export async function stepsAhead(order: OrderRow): Promise<ClockStep[]> {
  const rules = await clockRules(civilDate(order.issuedAt))
  return clockSteps(await workingClock(rules), rules, order)
}

function ordersFrom(client: Client) {
  return client
    .from('supervision_orders')
    .join('task_parts', 'task_parts.id', 'supervision_orders.part_id')
    .join('tasks', 'tasks.id', 'task_parts.task_id')
    .join('units', 'units.id', 'task_parts.unit_id')
    .leftJoin('users as issuers', 'issuers.id', 'supervision_orders.issued_by')
    .select('supervision_orders.*', 'tasks.id as task_id', 'tasks.number as task_number')
    .select('tasks.title as task_title', 'task_parts.content')
    .select('units.id as unit_id', 'units.name as unit_name', 'issuers.name as issuer_name')
}

function orderOf(row: any): OrderRow {
  return {
    id: Number(row.id),
    number: row.number,
    partId: Number(row.part_id),
    taskId: Number(row.task_id),
    taskNumber: row.task_number,
    taskTitle: row.task_title,
    content: row.content,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    requirement: row.requirement,
    issuedAt: row.issued_at,
    issuedByName: row.issuer_name,
    deadlineOn: row.deadline_on,
    run: Number(row.run),
    countedFrom: row.counted_from,
    lastStep: Number(row.last_step),
    state: row.state,
    closedAt: row.closed_at,
    closing: row.closing,
    version: Number(row.version),
  }
}
