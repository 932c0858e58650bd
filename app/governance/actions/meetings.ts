import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import type { Attendance } from '../domain/bodies.js'
import { MEETING_MOVES, type MeetingState } from '../domain/meetings.js'
import { bodyById, seatsOf } from '../queries/bodies.js'
import { attendanceOf, itemsOf, meetingById, type MeetingRow } from '../queries/meetings.js'
import { insertOnce, refuse } from '../guards.js'
import { holdAgenda } from './hold_rows.js'

export interface MeetingInput {
  title: string
  heldOn: string
  startsAt: string
  place: string
  observers: string | null
}

/** Plans the next meeting of a body; returns its id. */
export async function planMeeting(
  input: MeetingInput & { bodyId: number },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const body = await bodyById(input.bodyId, client)
    const [{ last }] = await client.from('meetings').where('body_id', body.id).max('number as last')
    const id = await insertOnce(client, 'meetings', {
      ...columnsOf(input),
      body_id: body.id,
      number: Number(last ?? 0) + 1,
      state: 'planned',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    await tell(client, actor, 'planned', id, { title: input.title, held_on: input.heldOn })
    return id
  }, trx)
}

export async function editMeeting(
  input: MeetingInput & { meetingId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await inState(client, input.meetingId, ['planned', 'invited'])
    await updateVersioned(client, 'meetings', before.id, input.version, columnsOf(input))
    await tell(client, actor, 'edited', before.id, {
      title: [before.title, input.title],
      held_on: [before.heldOn, input.heldOn],
      starts_at: [before.startsAt, input.startsAt],
      place: [before.place, input.place],
    })
  }, trx)
}

type Attach = (trx: Trx, id: number) => Promise<void>

/** Adds a point to the agenda, with its papers; returns its id. */
export async function addItem(
  input: { meetingId: number; title: string; unitId: number | null },
  actor: Actor,
  trx?: Trx,
  attach: Attach = async () => {}
): Promise<number> {
  return inTransaction(async (client) => {
    await holdAgenda(client, input.meetingId)
    const meeting = await inState(client, input.meetingId, ['planned', 'invited'])
    const items = await itemsOf(meeting.id, client)
    const id = await insertOnce(client, 'meeting_items', {
      meeting_id: meeting.id,
      item_no: (items.at(-1)?.itemNo ?? 0) + 1,
      title: input.title,
      unit_id: input.unitId,
      version: 1,
      created_at: clock.now(),
    })
    await attach(client, id)
    await tell(client, actor, 'item_added', meeting.id, { item: input.title })
    return id
  }, trx)
}

/** Takes a point off the agenda before the invitations go out; its papers stay on record. */
export async function removeItem(
  input: { meetingId: number; itemId: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await holdAgenda(client, input.meetingId)
    const meeting = await inState(client, input.meetingId, ['planned'])
    const item = (await itemsOf(meeting.id, client)).find(({ id }) => id === input.itemId)
    if (!item) throw new MoveError({ id: input.itemId, verb: 'remove' })
    await client.from('meeting_items').where('id', item.id).delete()
    await tell(client, actor, 'item_removed', meeting.id, { item: item.title })
  }, trx)
}

interface Move {
  meetingId: number
  version: number
}

/** Invites everybody who has a seat on the day, by who holds it now; an empty seat is told as such. */
export async function inviteMeeting(input: Move, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await holdAgenda(client, input.meetingId)
    const meeting = await meetingById(input.meetingId, client)
    const items = await itemsOf(meeting.id, client)
    if (items.length === 0) throw new DomainError('governance.errors.no_agenda')
    const seats = await seatsOf(meeting.bodyId, meeting.heldOn, client)
    if (seats.length === 0) throw new DomainError('governance.errors.no_seats')
    await moveState(client, 'meetings', moved(input), MEETING_MOVES, 'invite')
    await bulkInsert(
      client,
      'meeting_seats',
      seats.map(({ id, holder }) => ({
        meeting_id: meeting.id,
        seat_id: id,
        person_id: holder?.personId ?? null,
        name: holder?.name ?? null,
        state: holder ? 'invited' : 'vacant',
        version: 1,
        created_at: clock.now(),
      }))
    )
    await tell(client, actor, 'invited', meeting.id, {
      seats: seats.length,
      vacant: seats.filter(({ holder }) => !holder).length,
    })
  }, trx)
}

export async function cancelMeeting(input: Move & { comment: string }, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const { comment } = input
    await moveState(client, 'meetings', moved(input), MEETING_MOVES, 'cancel', { comment })
    await tell(client, actor, 'cancelled', input.meetingId, { comment })
  }, trx)
}

export interface Came {
  /** Row of `meeting_seats`. */
  id: number
  state: Attendance
  substitute: string | null
  reason: string | null
}

/** Notes who came, and with the last note that the meeting was held. */
export async function recordAttendance(
  input: Move & { seats: readonly Came[] },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const meeting = await inState(client, input.meetingId, ['invited', 'held'])
    const known = await attendanceOf(meeting.id, client)
    for (const seat of known) {
      const came = input.seats.find(({ id }) => id === seat.id)
      if (!came) continue
      if (came.state === 'substitute' && !came.substitute) {
        refuse(`substitute_${seat.id}`, 'substitute_needed', { seat: seat.title })
      }
      await client
        .from('meeting_seats')
        .where('id', seat.id)
        .update({
          state: came.state,
          reason: came.reason,
          updated_at: clock.now(),
          substitute: came.state === 'substitute' ? came.substitute : null,
        })
    }
    await updateVersioned(client, 'meetings', meeting.id, input.version, {})
    await tell(client, actor, 'attendance', meeting.id, countsOf(input.seats))
  }, trx)
}

/** The meeting took place: everybody's attendance must be noted. */
export async function holdMeeting(input: Move, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const meeting = await meetingById(input.meetingId, client)
    if (meeting.heldOn > clock.today()) throw new DomainError('governance.errors.meeting_ahead')
    const open = (await attendanceOf(meeting.id, client)).filter(({ state }) => state === 'invited')
    if (open.length > 0) {
      throw new DomainError('governance.errors.attendance_open', {
        count: open.length,
        seats: open.map(({ title }) => title).join('、'),
      })
    }
    await moveState(client, 'meetings', moved(input), MEETING_MOVES, 'hold')
    await tell(client, actor, 'held', meeting.id, {})
  }, trx)
}

export async function inState(
  trx: Trx,
  meetingId: number,
  states: readonly MeetingState[]
): Promise<MeetingRow> {
  const meeting = await meetingById(meetingId, trx)
  if (!states.includes(meeting.state)) throw new MoveError({ id: meeting.id, verb: 'edit' })
  return meeting
}

const moved = ({ meetingId, version }: Move) => ({ id: meetingId, version })

function columnsOf({ title, heldOn, startsAt, place, observers }: MeetingInput) {
  return { title, held_on: heldOn, starts_at: startsAt, place, observers }
}

function countsOf(seats: readonly Came[]): Record<string, number> {
  const count = (state: Attendance) => seats.filter((seat) => seat.state === state).length
  return { present: count('present'), substitute: count('substitute'), absent: count('absent') }
}

export function tell(
  trx: Trx,
  actor: Actor,
  done: string,
  meetingId: number,
  changes: Record<string, unknown>
) {
  return record(trx, actor, {
    action: `governance.meeting.${done}`,
    subjectType: 'meeting',
    subjectId: meetingId,
    changes,
  })
}
