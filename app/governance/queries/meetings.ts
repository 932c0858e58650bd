import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import {
  SEAT_ROLES,
  type Attendance,
  type BodyKind,
  type Quorum,
  type SeatRole,
} from '../domain/bodies.js'
import type { MeetingState } from '../domain/meetings.js'

export interface MeetingRow {
  id: number
  bodyId: number
  bodyKind: BodyKind
  bodyName: string
  quorum: Quorum
  minutesMark: string
  number: number
  title: string
  heldOn: string
  startsAt: string
  place: string
  state: MeetingState
  observers: string | null
  minutes: string | null
  issue: number | null
  issueNo: string | null
  documentId: number | null
  preparedBy: number | null
  minutesBy: number | null
  minutesByName: string | null
  decidedByName: string | null
  approvedAt: string | null
  comment: string | null
  version: number
}

export interface ItemRow {
  id: number
  itemNo: number
  title: string
  unitId: number | null
  unitName: string | null
}

export interface MeetingSeatRow {
  id: number
  seatId: number
  role: SeatRole
  title: string
  personId: number | null
  name: string | null
  state: Attendance
  substitute: string | null
  reason: string | null
}

export interface MeetingFilters {
  bodyId?: number | null
  state?: string | null
}

/** Newest first. */
export async function meetingPage(
  filters: MeetingFilters & { cursor: string | null }
): Promise<KeysetPage<MeetingRow>> {
  const query = meetingsFrom(db)
  if (filters.bodyId) query.where('meetings.body_id', filters.bodyId)
  if (filters.state) query.where('meetings.state', filters.state)
  const page = await keysetPage<any>(query, {
    column: 'meetings.held_on',
    idColumn: 'meetings.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(meetingOf) }
}

/** Meetings in one of these states, oldest first: what waits for somebody. */
export async function meetingsIn(states: readonly MeetingState[]): Promise<MeetingRow[]> {
  const rows = await meetingsFrom(db)
    .whereIn('meetings.state', [...states])
    .orderBy('meetings.held_on')
    .orderBy('meetings.id')
  return rows.map(meetingOf)
}

/** Meetings to come to which a person is invited. */
export async function invitationsOf(personId: number, today: string): Promise<MeetingRow[]> {
  const rows = await meetingsFrom(db)
    .where('meetings.state', 'invited')
    .where('meetings.held_on', '>=', today)
    .whereIn('meetings.id', invited(db, personId))
    .orderBy('meetings.held_on')
    .orderBy('meetings.id')
  return rows.map(meetingOf)
}

export async function isInvited(meetingId: number, personId: number | null): Promise<boolean> {
  if (personId === null) return false
  return (await invited(db, personId).where('meeting_id', meetingId).first()) !== null
}

const invited = (client: Client, personId: number) =>
  client.from('meeting_seats').where('person_id', personId).select('meeting_id')

export async function meetingById(id: number, client: Client = db): Promise<MeetingRow> {
  const row = await meetingsFrom(client).where('meetings.id', id).first()
  if (!row) throw new NotFoundError('meeting')
  return meetingOf(row)
}

/** The agenda in its order. */
export async function itemsOf(meetingId: number, client: Client = db): Promise<ItemRow[]> {
  const rows = await client
    .from('meeting_items')
    .leftJoin('units', 'units.id', 'meeting_items.unit_id')
    .where('meeting_items.meeting_id', meetingId)
    .orderBy('meeting_items.item_no')
    .select('meeting_items.*', 'units.name as unit_name')
  return rows.map((row) => ({
    id: Number(row.id),
    itemNo: Number(row.item_no),
    title: row.title,
    unitId: row.unit_id === null ? null : Number(row.unit_id),
    unitName: row.unit_name,
  }))
}

/** The meeting that a point belongs to; null when the point was taken off. */
export async function meetingOfItem(itemId: number): Promise<number | null> {
  const row = await db.from('meeting_items').where('id', itemId).select('meeting_id').first()
  return row ? Number(row.meeting_id) : null
}

/** Who was invited and who came, heads first. */
export async function attendanceOf(
  meetingId: number,
  client: Client = db
): Promise<MeetingSeatRow[]> {
  const rows = await client
    .from('meeting_seats')
    .join('body_seats', 'body_seats.id', 'meeting_seats.seat_id')
    .where('meeting_seats.meeting_id', meetingId)
    .orderBy('body_seats.seat_no')
    .select('meeting_seats.*', 'body_seats.role', 'body_seats.title')
  return rows
    .map((row) => ({
      id: Number(row.id),
      seatId: Number(row.seat_id),
      role: row.role as SeatRole,
      title: row.title,
      personId: row.person_id === null ? null : Number(row.person_id),
      name: row.name,
      state: row.state as Attendance,
      substitute: row.substitute,
      reason: row.reason,
    }))
    .sort((a, b) => SEAT_ROLES.indexOf(a.role) - SEAT_ROLES.indexOf(b.role))
}

function meetingsFrom(client: Client) {
  return client
    .from('meetings')
    .join('bodies', 'bodies.id', 'meetings.body_id')
    .leftJoin('users as writers', 'writers.id', 'meetings.minutes_by')
    .leftJoin('users as deciders', 'deciders.id', 'meetings.decided_by')
    .select('meetings.*', 'bodies.name as body_name', 'bodies.kind as body_kind')
    .select('bodies.quorum', 'bodies.minutes_mark')
    .select('writers.name as writer_name', 'deciders.name as decider_name')
}

function meetingOf(row: any): MeetingRow {
  const idOf = (value: unknown) => (value === null ? null : Number(value))
  return {
    id: Number(row.id),
    bodyId: Number(row.body_id),
    bodyKind: row.body_kind,
    bodyName: row.body_name,
    quorum: row.quorum,
    minutesMark: row.minutes_mark,
    number: Number(row.number),
    title: row.title,
    heldOn: row.held_on,
    startsAt: row.starts_at,
    place: row.place,
    state: row.state,
    observers: row.observers,
    minutes: row.minutes,
    issue: idOf(row.issue),
    issueNo: row.issue_no,
    documentId: idOf(row.document_id),
    preparedBy: idOf(row.prepared_by),
    minutesBy: idOf(row.minutes_by),
    minutesByName: row.writer_name,
    decidedByName: row.decider_name,
    approvedAt: row.approved_at,
    comment: row.comment,
    version: Number(row.version),
  }
}
