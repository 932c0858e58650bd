import db from '@adonisjs/lucid/services/db'
import type { Row } from '#shared/database'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { EventKind, EventState } from '../domain/events.js'
import { idOrNull, type Client } from './assignment_rows.js'
import type { EventDetails } from '../domain/event_details.js'

/** A personnel event with the names that a page shows. */
export interface EventRow {
  id: number
  number: string
  kind: EventKind
  state: EventState
  personId: number
  personName: string
  unitId: number
  unitName: string
  effectiveOn: string
  untilOn: string | null
  documentId: number | null
  documentNo: string | null
  reason: string | null
  details: EventDetails
  assignmentId: number | null
  createdBy: number | null
  createdByName: string | null
  approvedBy: number | null
  approvedByName: string | null
  createdAt: string
  version: number
}

export function eventQuery(client: Client = db.connection()) {
  return client
    .from('personnel_events as e')
    .join('persons as p', 'p.id', 'e.person_id')
    .join('units as u', 'u.id', 'e.unit_id')
    .leftJoin('documents as doc', 'doc.id', 'e.document_id')
    .leftJoin('users as maker', 'maker.id', 'e.created_by')
    .leftJoin('users as approver', 'approver.id', 'e.approved_by')
    .select(
      'e.*',
      'p.name as person_name',
      'u.name as unit_name',
      'doc.document_no',
      'maker.name as maker_name',
      'approver.name as approver_name'
    )
}

export function toEvent(row: Row): EventRow {
  return {
    id: Number(row.id),
    number: row.number,
    kind: row.kind,
    state: row.state,
    personId: Number(row.person_id),
    personName: row.person_name,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    effectiveOn: row.effective_on,
    untilOn: row.until_on,
    documentId: idOrNull(row.document_id),
    documentNo: row.document_no,
    reason: row.reason,
    details: JSON.parse(row.details),
    assignmentId: idOrNull(row.assignment_id),
    createdBy: idOrNull(row.created_by),
    createdByName: row.maker_name,
    approvedBy: idOrNull(row.approved_by),
    approvedByName: row.approver_name,
    createdAt: row.created_at,
    version: Number(row.version),
  }
}

/** One event, null when there is none. */
export async function eventById(id: number, client?: Client): Promise<EventRow | null> {
  const row = await eventQuery(client).where('e.id', id).first()
  return row ? toEvent(row) : null
}

/** All events of a person, newest first. */
export async function eventsOfPerson(personId: number): Promise<EventRow[]> {
  const rows = await eventQuery()
    .where('e.person_id', personId)
    .orderBy('e.effective_on', 'desc')
    .orderBy('e.id', 'desc')
  return rows.map(toEvent)
}

export interface EventFilter {
  kind?: string
  state?: string
  unitId?: number
  text?: string
}

/** Events of the units that the actor reaches, newest first. */
export async function listEvents(
  filter: EventFilter,
  units: 'all' | number[],
  cursor: string | null
): Promise<KeysetPage<EventRow>> {
  const query = eventQuery()
  if (units !== 'all') query.whereIn('e.unit_id', units)
  if (filter.kind) query.where('e.kind', filter.kind)
  if (filter.state) query.where('e.state', filter.state)
  if (filter.unitId) query.where('e.unit_id', filter.unitId)
  if (filter.text) query.where('p.name', 'like', `%${filter.text}%`)
  const page = await keysetPage<Row>(query, {
    column: 'e.id',
    idColumn: 'e.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(toEvent) }
}

/** Events in a state, oldest date first: what waits for somebody; those whose date has come, if named. */
export async function eventsInState(state: EventState, today?: string): Promise<EventRow[]> {
  const query = eventQuery().where('e.state', state)
  if (today) query.where('e.effective_on', '<=', today)
  return (await query.orderBy('e.effective_on').orderBy('e.id')).map(toEvent)
}

/** Approved events whose date has come. */
export async function dueEvents(today: string): Promise<number[]> {
  const rows = await db
    .from('personnel_events')
    .where('state', 'approved')
    .where('effective_on', '<=', today)
    .orderBy('id')
    .select('id')
  return rows.map((row) => Number(row.id))
}
