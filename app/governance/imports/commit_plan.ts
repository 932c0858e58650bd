import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import type { ImportContext, StoredRow } from '#shared/ports/imports'
import { recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { NamedUnits } from '#organization/imports/external_units'
import { addSeat, ensureBody } from '../actions/bodies.js'
import { addPart, assignTask, createTask } from '../actions/tasks.js'
import { BODY_KINDS, type BodyKind } from '../domain/bodies.js'
import type { Rhythm } from '../domain/tasks.js'
import { taskById } from '../queries/tasks.js'
import type { SeatParsed, TaskParsed } from './check_plan.js'

/** Bodies with their seats, and the tasks of the plan, each handed to its units at once. */
export async function commitPlan(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  rows: StoredRow[]
): Promise<Record<string, number>> {
  const units = await NamedUnits.open(trx, actor)
  const effects: ImportEffectRow[] = []
  const made = (subjectType: string, subjectId: number) =>
    effects.push({ subjectType, subjectId, effect: 'created' })
  const bodies = new Map<BodyKind, number>()
  for (const kind of BODY_KINDS) {
    const body = await ensureBody(trx, actor, kind, context.answers[kind])
    bodies.set(kind, body.id)
    if (body.made) made('body', body.id)
  }
  const fresh = rows.filter(({ effect, parsed }) => effect === 'create' && parsed)
  const seats = fresh.filter(({ sheet }) => sheet !== 'tasks')
  const tasks = fresh.filter(({ sheet }) => sheet === 'tasks')
  for (const { parsed } of seats) {
    const seat = parsed as SeatParsed
    const unitId = seat.isUnit ? await units.idOf(seat.title, context.asOf) : null
    const { role, title } = seat
    const bodyId = bodies.get(seat.kind)!
    made(
      'body_seat',
      await addSeat({ bodyId, role, title, unitId, validFrom: context.asOf }, actor, trx)
    )
  }
  for (const { parsed } of tasks) {
    made('task', await writeTask(trx, actor, context, bodies.get('leading_group')!, units, parsed))
  }
  await recordEffects(trx, context.importId, [...units.made, ...effects])
  return {
    bodies: effects.filter(({ subjectType }) => subjectType === 'body').length,
    seats: seats.length,
    tasks: tasks.length,
    external: units.made.length,
    same: rows.filter(({ effect }) => effect === 'same').length,
  }
}

async function writeTask(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  bodyId: number,
  units: NamedUnits,
  row: TaskParsed
): Promise<number> {
  const leadUnitId = await units.idOf(row.lead, context.asOf)
  const taskId = await createTask(
    {
      title: row.title,
      sourceKind: 'plan',
      source: row.basis,
      planNo: row.planNo,
      bodyId,
      leadUnitId,
      dueOn: row.dueOn,
      rhythm: row.dueOn ? null : (context.answers.rhythm as Rhythm),
      criteria: null,
    },
    actor,
    trx
  )
  // Two names of one unit are one part.
  const named = new Set([leadUnitId])
  for (const name of row.support) {
    const unitId = await units.idOf(name, context.asOf)
    if (named.has(unitId)) continue
    named.add(unitId)
    await addPart({ taskId, unitId, content: row.title, dueOn: null }, actor, trx)
  }
  const { version } = await taskById(taskId, trx)
  await assignTask({ taskId, version }, actor, trx)
  return taskId
}
