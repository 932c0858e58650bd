import { record } from '#audit/actions/record'
import { recordDocument } from '#decisions/actions/record_document'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { quorumOf } from '../domain/bodies.js'
import { issueNo, MEETING_MOVES } from '../domain/meetings.js'
import { attendanceOf, meetingById, type MeetingRow } from '../queries/meetings.js'
import { resolutionById, resolutionsOf } from '../queries/resolutions.js'
import { insertOnce, unlessTaken } from '../guards.js'
import { holdAgenda, holdAgendaOf } from './hold_rows.js'
import { inState, tell } from './meetings.js'

/** Writes the text of the minutes (会议纪要) of a meeting that was held. */
export async function writeMinutes(
  input: { meetingId: number; version: number; minutes: string; observers: string | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const meeting = await inState(client, input.meetingId, ['held'])
    await updateVersioned(client, 'meetings', meeting.id, input.version, {
      minutes: input.minutes,
      observers: input.observers,
      minutes_by: actor.userId,
    })
    await tell(client, actor, 'minutes_written', meeting.id, {})
  }, trx)
}

export interface ResolutionInput {
  meetingId: number
  content: string
  leadUnitId: number | null
  dueOn: string | null
  /** The missing decision that it decides. */
  decisionId: number | null
}

/** Adds a point that was resolved (议定事项); returns its id. */
export async function addResolution(
  input: ResolutionInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await holdAgenda(client, input.meetingId)
    const meeting = await inState(client, input.meetingId, ['held'])
    const known = await resolutionsOf(meeting.id, client)
    const id = await insertOnce(client, 'resolutions', {
      meeting_id: meeting.id,
      resolution_no: (known.at(-1)?.resolutionNo ?? 0) + 1,
      content: input.content,
      lead_unit_id: input.leadUnitId,
      due_on: input.dueOn,
      decision_id: input.decisionId,
      version: 1,
      created_at: clock.now(),
    })
    await tell(client, actor, 'resolution_added', meeting.id, { resolution: input.content })
    return id
  }, trx)
}

/** Takes a point out of minutes that are not yet handed in; those behind it move up. */
export async function removeResolution(resolutionId: number, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await holdAgendaOf(client, resolutionId)
    const resolution = await resolutionById(resolutionId, client)
    const meeting = await inState(client, resolution.meetingId, ['held'])
    await client.from('resolutions').where('id', resolution.id).delete()
    for (const later of await resolutionsOf(meeting.id, client)) {
      if (later.resolutionNo < resolution.resolutionNo) continue
      await client
        .from('resolutions')
        .where('id', later.id)
        .update({ resolution_no: later.resolutionNo - 1 })
    }
    await tell(client, actor, 'resolution_removed', meeting.id, {
      resolution: resolution.content,
    })
  }, trx)
}

interface Move {
  meetingId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** Hands the minutes in for signature; without a quorum the meeting has resolved nothing. */
export async function submitMinutes(input: Move, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await holdAgenda(client, input.meetingId)
    const meeting = await meetingById(input.meetingId, client)
    if (!meeting.minutes) throw new DomainError('governance.errors.no_minutes')
    const resolutions = await resolutionsOf(meeting.id, client)
    if (resolutions.length > 0) await requireQuorum(client, meeting)
    await moveState(client, 'meetings', moved(input), MEETING_MOVES, 'submit', {
      minutes_by: actor.userId,
      comment: null,
    })
    await tell(client, actor, 'minutes_submitted', meeting.id, { resolutions: resolutions.length })
  }, trx)
}

/** Back to the office, with what is to be mended. */
export async function returnMinutes(input: Move & { comment: string }, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const meeting = await meetingById(input.meetingId, client)
    refuseWriter(meeting, actor, input.grant)
    await moveState(client, 'meetings', moved(input), MEETING_MOVES, 'return', {
      decided_by: actor.userId,
      comment: input.comment,
    })
    await write(client, actor, 'minutes_returned', input, { comment: input.comment })
  }, trx)
}

/**
 * Signs the minutes (签发), never who wrote them: they get the next issue number of the year and
 * become a document, by which their resolutions are cited from then on. Returns the number.
 */
export async function approveMinutes(input: Move, actor: Actor, trx?: Trx): Promise<string> {
  return inTransaction(async (client) => {
    const meeting = await meetingById(input.meetingId, client)
    refuseWriter(meeting, actor, input.grant)
    const year = Number(clock.today().slice(0, 4))
    const issue = await nextIssue(client, meeting.bodyId, year)
    const number = issueNo(meeting.minutesMark, year, issue)
    const documentId = await recordDocument(client, actor, {
      documentNo: number,
      title: `${meeting.title}纪要`,
      issuer: meeting.bodyName,
      issuedOn: clock.today(),
    })
    const values = {
      issue,
      issue_year: year,
      issue_no: number,
      document_id: documentId,
      decided_by: actor.userId,
      approved_at: clock.now(),
      comment: null,
    }
    await unlessTaken(() =>
      moveState(client, 'meetings', moved(input), MEETING_MOVES, 'approve', values)
    )
    await write(client, actor, 'minutes_approved', input, { issue_no: number })
    return number
  }, trx)
}

async function requireQuorum(trx: Trx, meeting: MeetingRow) {
  const result = quorumOf(meeting.quorum, await attendanceOf(meeting.id, trx))
  if (result.reached) return
  const { came, needed } = result
  throw new DomainError(`governance.errors.${result.presided ? 'no_quorum' : 'not_presided'}`, {
    came,
    needed,
  })
}

/** Two at once: the unique key of body, year and issue lets one pass. */
async function nextIssue(trx: Trx, bodyId: number, year: number): Promise<number> {
  const [{ last }] = await trx
    .from('meetings')
    .where({ body_id: bodyId, issue_year: year })
    .max('issue as last')
  return Number(last ?? 0) + 1
}

function refuseWriter(meeting: MeetingRow, actor: Actor, grant?: ActiveGrant | null) {
  if (meeting.state !== 'submitted') throw new MoveError({ id: meeting.id, verb: 'approve' })
  if (actor.actsAs(meeting.minutesBy, grant)) {
    throw new DomainError('governance.errors.same_person')
  }
}

const moved = ({ meetingId, version }: Move) => ({ id: meetingId, version })

function write(
  trx: Trx,
  actor: Actor,
  done: string,
  { meetingId, grant }: Move,
  changes: Record<string, unknown>
) {
  return record(trx, actor, {
    action: `governance.meeting.${done}`,
    subjectType: 'meeting',
    subjectId: meetingId,
    changes,
    grant,
  })
}
