import db from '@adonisjs/lucid/services/db'
import type { CheckFinding } from '#shared/ports/db_checks'

/** A task is done exactly when its lead's part was accepted, and has one lead. */
export async function checkTasks(): Promise<CheckFinding[]> {
  const rows = await db
    .from('tasks')
    .leftJoin('task_parts as lead', (join) =>
      join.on('lead.task_id', 'tasks.id').andOnVal('lead.role', 'lead')
    )
    .orderBy('tasks.id')
    .select('tasks.id', 'tasks.state', 'lead.state as lead_state')
  const wanted: Record<string, string[]> = {
    draft: ['open'],
    active: ['open', 'submitted'],
    done: ['accepted'],
    read: ['accepted'],
    archived: ['accepted'],
    ended: ['ended'],
  }
  return rows
    .filter((row) => !wanted[row.state]?.includes(row.lead_state))
    .map((row) => finding(`tasks ${row.id}: ${row.state}, lead part ${row.lead_state ?? 'none'}`))
}

/** The step that an order's clock has reached is the last one on record of its present run. */
export async function checkOrders(): Promise<CheckFinding[]> {
  const orders = await db.from('supervision_orders').orderBy('id')
  const steps = await db
    .from('supervision_steps')
    .groupBy('order_id', 'run')
    .select('order_id', 'run')
    .max('step as last')
  const last = new Map(steps.map((row) => [`${row.order_id}/${row.run}`, Number(row.last)]))
  return orders
    .filter((row) => Number(row.last_step) !== (last.get(`${row.id}/${row.run}`) ?? -1))
    .map((row) =>
      finding(
        `supervision_orders ${row.id}: last_step ${row.last_step}, steps ${last.get(`${row.id}/${row.run}`) ?? -1}`
      )
    )
}

const finding = (detail: string) => ({ check: 'governance', detail })
