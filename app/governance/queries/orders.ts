import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { Actor } from '#shared/actor'
import { NotFoundError } from '#shared/errors'
import { civilDate } from '#shared/clock'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import { clockSteps, type Card, type ClockStep, type OrderState } from '../domain/supervision.js'
import { postsOfPerson } from './bodies.js'
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

export interface StepRow {
  id: number
  run: number
  step: number
  dueAt: string
  toldAt: string
  card: Card | null
  liftedAt: string | null
  notices: NoticeRow[]
}

export interface NoticeRow {
  id: number
  stepId: number
  level: number
  seatId: number | null
  unitId: number | null
  title: string
  name: string | null
  vacant: boolean
  seenAt: string | null
}

/** What the clock of an order has done, in its order. */
export async function stepsTaken(orderId: number): Promise<StepRow[]> {
  const steps = await db.from('supervision_steps').where('order_id', orderId).orderBy('id')
  const notices = await db
    .from('supervision_notices')
    .whereIn('step_id', steps.length ? steps.map(({ id }) => id) : [-1])
    .orderBy('id')
  return steps.map((row) => ({
    id: Number(row.id),
    run: Number(row.run),
    step: Number(row.step),
    dueAt: row.due_at,
    toldAt: row.told_at,
    card: row.card,
    liftedAt: row.lifted_at,
    notices: notices.filter((notice) => notice.step_id === row.id).map(noticeOf),
  }))
}

export interface Escalation extends NoticeRow {
  step: number
  dueAt: string
  order: OrderRow
}

/**
 * Escalations that were told to a post which the actor holds now and which nobody there has taken
 * note of; of orders whose clock still runs.
 */
export async function escalationsFor(actor: Actor): Promise<Escalation[]> {
  if (actor.personId === null) return []
  const posts = await postsOfPerson(actor.personId)
  if (posts.seatIds.length + posts.unitIds.length === 0) return []
  const rows = await db
    .from('supervision_notices')
    .join('supervision_steps', 'supervision_steps.id', 'supervision_notices.step_id')
    .join('supervision_orders', 'supervision_orders.id', 'supervision_steps.order_id')
    .where('supervision_orders.state', 'running')
    .where('supervision_notices.level', '>', 0)
    .where('supervision_notices.vacant', false)
    .whereNull('supervision_notices.seen_at')
    .where((own) =>
      own
        .whereIn('supervision_notices.seat_id', posts.seatIds.length ? posts.seatIds : [-1])
        .orWhereIn('supervision_notices.unit_id', posts.unitIds.length ? posts.unitIds : [-1])
    )
    .orderBy('supervision_notices.id')
    .select('supervision_notices.*', 'supervision_steps.step', 'supervision_steps.due_at')
    .select('supervision_steps.order_id')
  return Promise.all(
    rows.map(async (row) => ({
      ...noticeOf(row),
      step: Number(row.step),
      dueAt: row.due_at,
      order: await orderById(Number(row.order_id)),
    }))
  )
}

/** A notice with the order it belongs to, or 404. */
export async function noticeById(id: number): Promise<NoticeRow & { orderId: number }> {
  const row = await db
    .from('supervision_notices')
    .join('supervision_steps', 'supervision_steps.id', 'supervision_notices.step_id')
    .where('supervision_notices.id', id)
    .select('supervision_notices.*', 'supervision_steps.order_id')
    .first()
  if (!row) throw new NotFoundError('notice')
  return { ...noticeOf(row), orderId: Number(row.order_id) }
}

/** Does the actor hold the post that was told? */
export async function isAddressee(actor: Actor, notice: NoticeRow): Promise<boolean> {
  if (actor.personId === null || notice.vacant || notice.level === 0) return false
  const { seatIds, unitIds } = await postsOfPerson(actor.personId)
  return notice.seatId !== null
    ? seatIds.includes(notice.seatId)
    : notice.unitId !== null && unitIds.includes(notice.unitId)
}

/** May the actor open an order because one of its escalations was told to a post of theirs? */
export async function wasTold(actor: Actor, steps: readonly StepRow[]): Promise<boolean> {
  for (const { notices } of steps) {
    for (const notice of notices) if (await isAddressee(actor, notice)) return true
  }
  return false
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

function noticeOf(row: any): NoticeRow {
  return {
    id: Number(row.id),
    stepId: Number(row.step_id),
    level: Number(row.level),
    seatId: row.seat_id === null ? null : Number(row.seat_id),
    unitId: row.unit_id === null ? null : Number(row.unit_id),
    title: row.title,
    name: row.name,
    vacant: Boolean(row.vacant),
    seenAt: row.seen_at,
  }
}
