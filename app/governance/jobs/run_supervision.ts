import db from '@adonisjs/lucid/services/db'
import { record } from '#audit/actions/record'
import type { WorkingClock } from '#calendar/domain/working_clock'
import { Actor } from '#shared/actor'
import { civilDate, clock } from '#shared/clock'
import { affected, bulkInsert, insertRow, inTransaction, type Trx } from '#shared/database'
import { addressees, CARDS, clockSteps, STEP_NAMES, type ClockStep } from '../domain/supervision.js'
import { clockRules, workingClock } from '../queries/clock_rules.js'
import { supervisionPosts } from '../queries/supervision_posts.js'

export const SUPERVISION_JOB = 'governance.supervision'
export const SUPERVISION_EVERY_SECONDS = 60

interface RunningOrder {
  id: number
  number: string
  run: number
  lastStep: number
  issuedAt: string
  countedFrom: string
  deadlineOn: string
  unit: { id: number; name: string }
}

/**
 * Takes every step of every running order that is due by now, each once, however often the job
 * runs and however long it stood still: the moment of a step comes from the order, and who is told
 * from who held the posts at that moment. Returns how many steps were taken.
 */
export async function runSupervision(): Promise<{ steps: number }> {
  let steps = 0
  const clocks = new Map<string, WorkingClock>()
  for (const order of await runningOrders()) {
    const rules = await clockRules(civilDate(order.issuedAt))
    const hours = JSON.stringify(rules.hours)
    if (!clocks.has(hours)) clocks.set(hours, await workingClock(rules))
    const due = clockSteps(clocks.get(hours)!, rules, order).filter(
      ({ step, dueAt }) => step > order.lastStep && dueAt <= clock.now()
    )
    for (const step of due) if (await takeStep(order, step)) steps++
  }
  return { steps }
}

/** False when the order was closed, extended or served by another run meanwhile. */
function takeStep(order: RunningOrder, { step, dueAt }: ClockStep): Promise<boolean> {
  return inTransaction(async (trx) => {
    const taken = await trx
      .from('supervision_orders')
      .where({ id: order.id, run: order.run, state: 'running' })
      .where('last_step', step - 1)
      .update({ last_step: step })
    if (!affected(taken)) return false
    const stepId = await insertRow(trx, 'supervision_steps', {
      order_id: order.id,
      run: order.run,
      step,
      due_at: dueAt,
      told_at: clock.now(),
      card: CARDS[step],
    })
    const told = await writeNotices(trx, stepId, order, step, dueAt)
    await record(trx, Actor.system('supervision'), {
      action: `governance.order.${STEP_NAMES[step]}`,
      subjectType: 'supervision_order',
      subjectId: order.id,
      changes: { number: order.number, due_at: dueAt, told: told.join('、'), card: CARDS[step] },
    })
    return true
  })
}

async function writeNotices(
  trx: Trx,
  stepId: number,
  order: RunningOrder,
  step: number,
  dueAt: string
): Promise<string[]> {
  const posts = await supervisionPosts(order.unit, civilDate(dueAt), trx)
  const notices = addressees(step, posts)
  await bulkInsert(
    trx,
    'supervision_notices',
    notices.map(({ level, title, seatId, unitId, holder, vacant }) => ({
      step_id: stepId,
      level,
      seat_id: seatId,
      unit_id: unitId,
      title,
      person_id: holder?.personId ?? null,
      name: holder?.name ?? null,
      vacant,
    }))
  )
  return notices.map(({ title, holder }) => `${title}（${holder?.name ?? '空缺'}）`)
}

async function runningOrders(): Promise<RunningOrder[]> {
  const rows = await db
    .from('supervision_orders')
    .join('task_parts', 'task_parts.id', 'supervision_orders.part_id')
    .join('units', 'units.id', 'task_parts.unit_id')
    .where('supervision_orders.state', 'running')
    .where('supervision_orders.last_step', '<', STEP_NAMES.length - 1)
    .orderBy('supervision_orders.id')
    .select('supervision_orders.*', 'units.id as unit_id', 'units.name as unit_name')
  return rows.map((row) => ({
    id: Number(row.id),
    number: row.number,
    run: Number(row.run),
    lastStep: Number(row.last_step),
    issuedAt: row.issued_at,
    countedFrom: row.counted_from,
    deadlineOn: row.deadline_on,
    unit: { id: Number(row.unit_id), name: row.unit_name },
  }))
}
