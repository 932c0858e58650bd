import { record } from '#audit/actions/record'
import { loadCalendar } from '#calendar/queries/load_calendar'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, updateVersioned, type Row, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import {
  PART_MOVES,
  periodEnd,
  TASK_MOVES,
  type Rhythm,
  type SourceKind,
  type TaskVerb,
} from '../domain/tasks.js'
import { partsOfTask, type PartRow } from '../queries/parts.js'
import { taskById } from '../queries/tasks.js'
import { insertOnce, refuse } from '../guards.js'
import { holdTask } from './hold_rows.js'
import { closeOrderOf } from './orders.js'

export interface TaskInput {
  title: string
  sourceKind: SourceKind
  source: string
  bodyId: number | null
  leadUnitId: number
  /** A task with an end has a day, a standing one a rhythm. */
  dueOn: string | null
  rhythm: Rhythm | null
  criteria: string | null
  planNo?: number | null
  resolutionId?: number | null
}

/** Writes a task down as a draft (分解立项) with the lead's part; returns its id. */
export async function createTask(input: TaskInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.leadUnitId, clock.today())
    const dueOn = await firstDueOn(client, input)
    const id = await insertTask(client, {
      ...columnsOf(input),
      source_kind: input.sourceKind,
      source: input.source,
      plan_no: input.planNo ?? null,
      resolution_id: input.resolutionId ?? null,
      number: `new-${crypto.randomUUID()}`,
      state: 'draft',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `RW${clock.today().slice(0, 4)}-${String(id).padStart(4, '0')}`
    await client.from('tasks').where('id', id).update({ number })
    await insertPart(client, {
      task_id: id,
      unit_id: input.leadUnitId,
      role: 'lead',
      content: input.title,
      due_on: dueOn,
    })
    await tell(client, actor, 'created', id, { number, title: input.title, due_on: dueOn })
    return id
  }, trx)
}

/** Changes a draft; once assigned only an extension moves the day. */
export async function editTask(
  input: Omit<TaskInput, 'sourceKind' | 'source'> & { taskId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await taskById(input.taskId, client)
    if (before.state !== 'draft') throw new MoveError({ id: before.id, verb: 'edit' })
    const dueOn = await firstDueOn(client, input)
    await updateVersioned(client, 'tasks', before.id, input.version, columnsOf(input))
    const lead = await leadOf(client, before.id)
    await updateVersioned(client, 'task_parts', lead.id, lead.version, {
      unit_id: input.leadUnitId,
      content: input.title,
      due_on: dueOn,
    })
    await tell(client, actor, 'edited', before.id, {
      title: [before.title, input.title],
      due_on: [before.dueOn, dueOn],
      criteria: [before.criteria, input.criteria],
    })
  }, trx)
}

export interface PartInput {
  taskId: number
  unitId: number
  /** Its own part of the task. */
  content: string
  /** Its own day; the lead's when left out. */
  dueOn: string | null
}

/** Gives a supporting unit its own part; returns the part's id. */
export async function addPart(input: PartInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await holdTask(client, input.taskId)
    const task = await taskById(input.taskId, client)
    if (task.state !== 'draft' && task.state !== 'active') {
      throw new MoveError({ id: task.id, verb: 'add' })
    }
    await assertUnitAlive(client, input.unitId, clock.today())
    const dueOn = input.dueOn ?? task.dueOn
    if (task.dueOn && dueOn && dueOn > task.dueOn && !task.rhythm) {
      refuse('due_on', 'after_lead', { day: task.dueOn })
    }
    const id = await insertPart(client, {
      task_id: task.id,
      unit_id: input.unitId,
      role: 'support',
      content: input.content,
      due_on: dueOn,
    })
    await tell(client, actor, 'part_added', task.id, {
      unit_id: input.unitId,
      content: input.content,
    })
    return id
  }, trx)
}

/** A supporting unit is let off its part, with the reason. */
export async function endPart(
  input: { partId: number; version: number; comment: string },
  part: PartRow,
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    if (part.role === 'lead') throw new DomainError('governance.errors.lead_stays')
    const { partId: id, version, comment } = input
    await moveState(client, 'task_parts', { id, version }, PART_MOVES, 'end', { comment })
    await closeOrderOf(client, id, actor, comment)
    await tell(client, actor, 'part_ended', part.taskId, { unit_id: part.unitId, comment })
  }, trx)
}

interface TaskMove {
  taskId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** Hands the task to its units (交办). */
export function assignTask(input: TaskMove, actor: Actor, trx?: Trx) {
  return move(input, 'assign', {}, actor, trx)
}

/** Leadership has read what was done (阅示). */
export function readTask(input: TaskMove, actor: Actor, trx?: Trx) {
  const values = { read_by: actor.userId, read_at: clock.now(), comment: input.comment ?? null }
  return move(input, 'read', values, actor, trx)
}

/** 归档. */
export function archiveTask(input: TaskMove, actor: Actor, trx?: Trx) {
  return move(input, 'archive', {}, actor, trx)
}

/** Takes a task back before it is done, with everything that was owed under it. */
export async function endTask(input: TaskMove & { comment: string }, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await move(input, 'end', { comment: input.comment }, actor, client)
    for (const part of await partsOfTask(input.taskId, client)) {
      if (part.state !== 'open' && part.state !== 'submitted') continue
      await moveState(client, 'task_parts', part, PART_MOVES, 'end', { comment: input.comment })
      await closeOrderOf(client, part.id, actor, input.comment)
    }
  }, trx)
}

const DONE: Record<TaskVerb, string> = {
  assign: 'assigned',
  complete: 'completed',
  read: 'read',
  archive: 'archived',
  end: 'ended',
}

export async function move(input: TaskMove, verb: TaskVerb, values: Row, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const task = { id: input.taskId, version: input.version }
    await moveState(client, 'tasks', task, TASK_MOVES, verb, values)
    await tell(client, actor, DONE[verb], input.taskId, { comment: input.comment }, input.grant)
  }, trx)
}

async function firstDueOn(trx: Trx, input: Pick<TaskInput, 'dueOn' | 'rhythm'>): Promise<string> {
  if (input.rhythm) {
    return periodEnd(await loadCalendar(trx), input.rhythm, input.dueOn ?? clock.today())
  }
  if (!input.dueOn) refuse('due_on', 'due_or_rhythm')
  return input.dueOn!
}

function columnsOf({ title, bodyId, rhythm, criteria }: Omit<TaskInput, 'sourceKind' | 'source'>) {
  return { title, body_id: bodyId, rhythm, criteria }
}

async function leadOf(trx: Trx, taskId: number): Promise<PartRow> {
  const [lead] = await partsOfTask(taskId, trx)
  return lead
}

function insertTask(trx: Trx, row: Row): Promise<number> {
  return insertOnce(trx, 'tasks', row, () => {
    throw new DomainError('governance.errors.task_there')
  })
}

function insertPart(trx: Trx, row: Row): Promise<number> {
  const part = { ...row, state: 'open', version: 1, created_at: clock.now() }
  return insertOnce(trx, 'task_parts', part, () => refuse('unit_id', 'unit_has_part'))
}

function tell(
  trx: Trx,
  actor: Actor,
  done: string,
  taskId: number,
  changes: Row,
  grant?: ActiveGrant | null
) {
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined)
  )
  return record(trx, actor, {
    action: `governance.task.${done}`,
    subjectType: 'task',
    subjectId: taskId,
    changes: given,
    grant,
  })
}
