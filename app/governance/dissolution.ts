import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, readTooEarly, type Row, type Trx } from '#shared/database'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'
import { closeOrderOf } from './actions/orders.js'
import { endHolders } from './actions/bodies.js'
import { endTask } from './actions/tasks.js'
import { partById, type PartRow } from './queries/parts.js'
import { seatById } from './queries/bodies.js'
import { taskById } from './queries/tasks.js'

const system = () => Actor.system('dissolution')
const REASON = '单位撤并'

/** What a unit owes under tasks goes to its successor with its orders, or ends with the unit. */
export const partHoldings: DissolutionHandler = {
  kind: 'task_part',
  async list(unitId, trx) {
    const rows = await trx
      .from('task_parts')
      .join('tasks', 'tasks.id', 'task_parts.task_id')
      .where('task_parts.unit_id', unitId)
      .whereIn('task_parts.state', ['open', 'submitted'])
      .orderBy('task_parts.id')
      .select('task_parts.id', 'task_parts.task_id', 'tasks.number', 'tasks.title')
    return rows.map((row) => ({
      kind: 'task_part',
      id: Number(row.id),
      title: `${row.number} ${row.title}`,
      url: `/governance/tasks/${row.task_id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    const part = await partById(id, trx)
    if (successorId) return handOver(trx, part, successorId)
    if (part.role === 'support') return endSupport(trx, part)
    const { version } = await taskById(part.taskId, trx)
    await endTask({ taskId: part.taskId, version, comment: REASON }, system(), trx)
  },
}

/** Seats that belong to the unit: the successor takes the seat, unless it has its own already. */
export const seatHoldings: DissolutionHandler = {
  kind: 'body_seat',
  async list(unitId, trx) {
    const rows = await trx
      .from('body_seats')
      .join('bodies', 'bodies.id', 'body_seats.body_id')
      .where('body_seats.unit_id', unitId)
      .whereNull('body_seats.valid_to')
      .orderBy('body_seats.id')
      .select('body_seats.id', 'body_seats.body_id', 'body_seats.title', 'bodies.name')
    return rows.map((row) => ({
      kind: 'body_seat',
      id: Number(row.id),
      title: `${row.name}：${row.title}`,
      url: `/governance/bodies/${row.body_id}`,
    }))
  },
  async settle(id, successorId, date, trx) {
    const seat = await seatById(id, trx)
    await trx
      .from('body_seats')
      .where('id', id)
      .update(stamped(trx, { valid_to: date }))
    await endHolders(trx, { seat_id: id }, date)
    if (!successorId) return
    const successor = await trx.from('units').where('id', successorId).firstOrFail()
    const has = await trx
      .from('body_seats')
      .where('body_id', seat.bodyId)
      .whereNull('valid_to')
      .where((own) => own.where('unit_id', successorId).orWhere('title', successor.name))
      .first()
    if (has) return
    await trx.table('body_seats').insert({
      body_id: seat.bodyId,
      seat_no: seat.seatNo,
      role: seat.role,
      title: successor.name,
      unit_id: successorId,
      valid_from: date,
      version: 1,
      created_at: clock.now(),
    })
  },
}

/** A successor that owes a part of the same task already has no second one. */
async function handOver(trx: Trx, part: PartRow, successorId: number) {
  const own = await trx
    .from('task_parts')
    .where({ task_id: part.taskId, unit_id: successorId })
    .whereNot('state', 'ended')
    .first()
  if (own && part.role === 'support') return endSupport(trx, part)
  if (own) await endSupport(trx, await partById(Number(own.id), trx))
  await change(trx, part, { unit_id: successorId })
}

async function endSupport(trx: Trx, part: PartRow) {
  await change(trx, part, { state: 'ended', comment: REASON })
  await closeOrderOf(trx, part.id, system(), REASON)
}

async function change(trx: Trx, { id, version }: PartRow, values: Row) {
  const changed = await trx.from('task_parts').where({ id, version }).update(stamped(trx, values))
  if (!affected(changed)) throw readTooEarly()
}

function stamped(trx: Trx, values: Row): Row {
  return { ...values, updated_at: clock.now(), version: trx.raw('version + 1') }
}
