import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { NotFoundError } from '#shared/errors'
import type { Card } from '../domain/supervision.js'
import { postsOfPerson } from './bodies.js'
import { orderById, type OrderRow } from './orders.js'

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
