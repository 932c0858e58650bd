import { record } from '#audit/actions/record'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { nextReportOn, PART_MOVES } from '../domain/tasks.js'
import { partById, partsOfTask, type PartRow } from '../queries/parts.js'
import { taskById } from '../queries/tasks.js'
import { holdTaskOf } from './hold_rows.js'
import { move } from './tasks.js'
import { closeOrderOf, liftCards } from './orders.js'

export interface ReportInput {
  partId: number
  version: number
  content: string
  grant?: ActiveGrant | null
}

type Attach = (trx: Trx, reportId: number) => Promise<void>
const nothing: Attach = async () => {}

/** Progress of a unit on its part, with evidence; of a standing task it moves the next report on. */
export async function reportProgress(
  input: ReportInput,
  actor: Actor,
  trx?: Trx,
  attach: Attach = nothing
): Promise<number> {
  return inTransaction(async (client) => {
    const part = await activePart(client, input.partId)
    if (part.state !== 'open') throw new MoveError({ id: part.id, verb: 'report' })
    const dueOn = part.rhythm
      ? nextReportOn(await loadCalendar(client), part.rhythm, part.dueOn, clock.today())
      : part.dueOn
    await updateVersioned(client, 'task_parts', part.id, input.version, { due_on: dueOn })
    const id = await insertReport(client, part, 'progress', input.content, actor)
    await attach(client, id)
    await tell(client, actor, 'reported', part, { due_on: [part.dueOn, dueOn] }, input.grant)
    return id
  }, trx)
}

/** Reports the part as done (报结); the office checks it. The clock of an order runs on. */
export async function submitPart(
  input: ReportInput,
  actor: Actor,
  trx?: Trx,
  attach: Attach = nothing
): Promise<number> {
  return inTransaction(async (client) => {
    const part = await activePart(client, input.partId)
    await moveState(client, 'task_parts', versioned(input), PART_MOVES, 'submit', {
      submitted_by: actor.userId,
      submitted_at: clock.now(),
      returned_at: null,
      checked_by: null,
      comment: null,
    })
    const id = await insertReport(client, part, 'completion', input.content, actor)
    await attach(client, id)
    await tell(client, actor, 'submitted', part, {}, input.grant)
    return id
  }, trx)
}

/** What the office or leadership says to a part; it moves no deadline and no clock. */
export async function commentPart(
  input: { partId: number; content: string; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const part = await partById(input.partId, client)
    const id = await insertReport(client, part, 'comment', input.content, actor)
    await tell(client, actor, 'commented', part, { comment: input.content }, input.grant)
    return id
  }, trx)
}

interface CheckInput {
  partId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/**
 * The office accepts what was reported (审结), never who reported it. The lead's part comes last
 * and completes the task. Its order is closed; cards given after it was handed in are lifted.
 */
export async function acceptPart(input: CheckInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await holdTaskOf(client, input.partId)
    const part = await activePart(client, input.partId)
    refuseReporter(part, actor, input.grant)
    if (part.role === 'lead') await refuseOpenParts(client, part)
    await moveState(client, 'task_parts', versioned(input), PART_MOVES, 'accept', {
      checked_by: actor.userId,
      accepted_at: clock.now(),
      comment: input.comment ?? null,
    })
    await liftCards(client, part.id, part.submittedAt!)
    await closeOrderOf(client, part.id, actor, null)
    await tell(client, actor, 'accepted', part, { comment: input.comment ?? null }, input.grant)
    if (part.role !== 'lead') return
    const { version } = await taskById(part.taskId, client)
    await move(
      { taskId: part.taskId, version },
      'complete',
      { done_at: clock.now() },
      actor,
      client
    )
  }, trx)
}

/** Not good enough: back to the unit, with what is missing. */
export async function sendBackPart(
  input: CheckInput & { comment: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const part = await activePart(client, input.partId)
    refuseReporter(part, actor, input.grant)
    await moveState(client, 'task_parts', versioned(input), PART_MOVES, 'send_back', {
      checked_by: actor.userId,
      returned_at: clock.now(),
      comment: input.comment,
    })
    await tell(client, actor, 'sent_back', part, { comment: input.comment }, input.grant)
  }, trx)
}

async function refuseOpenParts(trx: Trx, lead: PartRow) {
  const open = (await partsOfTask(lead.taskId, trx)).filter(
    ({ id, state }) => id !== lead.id && (state === 'open' || state === 'submitted')
  )
  if (open.length === 0) return
  throw new DomainError('governance.errors.parts_open', {
    count: open.length,
    units: open.map(({ unitName }) => unitName).join('、'),
  })
}

function refuseReporter(part: PartRow, actor: Actor, grant?: ActiveGrant | null) {
  if (actor.actsAs(part.submittedBy, grant)) {
    throw new DomainError('governance.errors.same_person')
  }
}

async function activePart(trx: Trx, partId: number): Promise<PartRow> {
  const part = await partById(partId, trx)
  if (part.taskState !== 'active') throw new MoveError({ id: part.id, verb: 'report' })
  return part
}

const versioned = ({ partId, version }: { partId: number; version: number }) => ({
  id: partId,
  version,
})

function insertReport(
  trx: Trx,
  part: PartRow,
  kind: 'progress' | 'completion' | 'comment',
  content: string,
  actor: Actor
): Promise<number> {
  return insertRow(trx, 'task_reports', {
    part_id: part.id,
    kind,
    content,
    due_on: part.dueOn,
    reported_by: actor.userId,
    reported_at: clock.now(),
  })
}

/** Parts have their history with the task, and their own one for the unit that sees no other. */
function tell(
  trx: Trx,
  actor: Actor,
  done: string,
  part: PartRow,
  changes: Record<string, unknown>,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `governance.part.${done}`,
    subjectType: 'task_part',
    subjectId: part.id,
    changes: { ...changes, unit: part.unitName },
    grant,
  })
}
