import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { ORDER_MOVES } from '../domain/supervision.js'
import { partById } from '../queries/parts.js'
import { insertOnce, refuse } from '../guards.js'
import { holdTaskOf } from './hold_rows.js'

/** Issues a numbered supervision order (督办单) on what a unit owes; returns its id. */
export async function issueOrder(
  input: {
    partId: number
    requirement: string
    deadlineOn: string | null
    grant?: ActiveGrant | null
  },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await holdTaskOf(client, input.partId)
    const part = await partById(input.partId, client)
    if (part.taskState !== 'active' || part.state !== 'open') {
      throw new MoveError({ id: part.id, verb: 'order' })
    }
    const deadlineOn = input.deadlineOn ?? part.dueOn
    if (!deadlineOn || deadlineOn < clock.today()) refuse('deadline_on', 'deadline_past')
    const id = await insertOrder(client, {
      number: `new-${crypto.randomUUID()}`,
      part_id: part.id,
      requirement: input.requirement,
      deadline_on: deadlineOn,
      issued_at: clock.now(),
      issued_by: actor.userId,
      counted_from: clock.now(),
      run: 1,
      last_step: -1,
      state: 'running',
      version: 1,
      created_at: clock.now(),
    })
    const number = `督办〔${clock.today().slice(0, 4)}〕${id}号`
    await client.from('supervision_orders').where('id', id).update({ number })
    await tell(client, actor, 'issued', id, { number, deadline_on: deadlineOn }, input.grant)
    return id
  }, trx)
}

/** Ends the clock of an order by hand (销号), with the reason. */
export async function closeOrder(
  input: { orderId: number; version: number; comment: string; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const { orderId: id, version, comment, grant } = input
    await moveState(client, 'supervision_orders', { id, version }, ORDER_MOVES, 'close', {
      closed_at: clock.now(),
      closed_by: actor.userId,
      closing: comment,
    })
    await tell(client, actor, 'closed', id, { closing: comment }, grant)
  }, trx)
}

/** Closes the order that runs on a part, if there is one: the part was accepted, ended or handed over. */
export async function closeOrderOf(trx: Trx, partId: number, actor: Actor, closing: string | null) {
  const order = await trx
    .from('supervision_orders')
    .where({ part_id: partId, state: 'running' })
    .forUpdate()
    .first()
  if (!order) return
  const { id, version } = order
  await moveState(trx, 'supervision_orders', { id, version }, ORDER_MOVES, 'close', {
    closed_at: clock.now(),
    closed_by: actor.userId,
    closing,
  })
  await tell(trx, actor, 'closed', Number(order.id), { closing })
}

/** After an approved extension the clock begins again, from now to the new deadline. */
export async function restartClock(trx: Trx, partId: number, deadlineOn: string) {
  await trx
    .from('supervision_orders')
    .where({ part_id: partId, state: 'running' })
    .update({
      deadline_on: deadlineOn,
      counted_from: clock.now(),
      last_step: -1,
      run: trx.raw('run + 1'),
      version: trx.raw('version + 1'),
      updated_at: clock.now(),
    })
}

/** Cards that were given although the unit had handed in are lifted, and stay on record as that. */
export async function liftCards(trx: Trx, partId: number, submittedAt: string) {
  await trx
    .from('supervision_steps')
    .whereIn('order_id', trx.from('supervision_orders').where('part_id', partId).select('id'))
    .whereNotNull('card')
    .whereNull('lifted_at')
    .where('due_at', '>=', submittedAt)
    .update({ lifted_at: clock.now() })
}

/** Who was told has taken note. */
export async function seeNotice(noticeId: number, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const seen = await client
      .from('supervision_notices')
      .where('id', noticeId)
      .whereNull('seen_at')
      .update({ seen_at: clock.now(), seen_by: actor.userId })
    if (!affected(seen)) return
    const step = await client
      .from('supervision_notices')
      .join('supervision_steps', 'supervision_steps.id', 'supervision_notices.step_id')
      .where('supervision_notices.id', noticeId)
      .select('order_id', 'title')
      .firstOrFail()
    await tell(client, actor, 'seen', Number(step.order_id), { title: step.title })
  }, trx)
}

function insertOrder(trx: Trx, row: Row): Promise<number> {
  return insertOnce(trx, 'supervision_orders', row, () => {
    throw new DomainError('governance.errors.order_runs')
  })
}

function tell(
  trx: Trx,
  actor: Actor,
  done: string,
  orderId: number,
  changes: Row,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `governance.order.${done}`,
    subjectType: 'supervision_order',
    subjectId: orderId,
    changes,
    grant,
  })
}
