import db from '@adonisjs/lucid/services/db'
import { inChunks } from '#shared/database'
import type { EmploymentType, FundingType, PostNature } from '#organization/domain/codes'
import {
  assignmentQuery,
  toAssignment,
  type AssignmentRow,
  type Client,
} from './assignment_rows.js'
import { whereInForce, whereKnown } from './known_on.js'

export interface AssignmentFilter {
  kind?: 'main' | 'secondary'
  unitIds?: number[]
  departmentIds?: number[]
  personIds?: number[]
  employmentType?: EmploymentType
  fundingType?: FundingType
  postNature?: PostNature
  /** As it was known when this civil date ended; left out: as it is known now. */
  knownOn?: string | null
}

/** Assignments in force on a civil date, in the order of names; ids break ties. */
export async function assignmentsAsOf(
  date: string,
  filter: AssignmentFilter = {},
  client: Client = db.connection()
): Promise<AssignmentRow[]> {
  if (filter.personIds) {
    return inChunks(filter.personIds, 400, (personIds) =>
      inForce(date, { ...filter, personIds }, client)
    )
  }
  return inForce(date, filter, client)
}

async function inForce(date: string, filter: AssignmentFilter, client: Client) {
  const query = whereInForce(assignmentQuery(client), 'a', date)
  whereKnown(query, 'a', filter.knownOn)
  if (filter.kind) query.where('a.kind', filter.kind)
  if (filter.unitIds) query.whereIn('a.unit_id', filter.unitIds)
  if (filter.departmentIds) query.whereIn('a.department_id', filter.departmentIds)
  if (filter.personIds) query.whereIn('a.person_id', filter.personIds)
  if (filter.employmentType) query.where('a.employment_type', filter.employmentType)
  if (filter.fundingType) query.where('a.funding_type', filter.fundingType)
  if (filter.postNature) query.where('o.nature', filter.postNature)
  const rows = await query.orderBy('p.name_pinyin').orderBy('a.id')
  return rows.map(toAssignment)
}

/** The one main assignment of a person on a civil date, null when there is none. */
export async function mainAssignmentOf(
  personId: number,
  date: string,
  client: Client = db.connection()
): Promise<AssignmentRow | null> {
  const [row] = await assignmentsAsOf(date, { personIds: [personId], kind: 'main' }, client)
  return row ?? null
}

/**
 * Where a person belongs for the question who may see the record: the main assignment on the date,
 * else the one that comes, else the last one that was.
 */
export async function homeAssignmentOf(
  personId: number,
  date: string,
  client: Client = db.connection()
): Promise<AssignmentRow | null> {
  const now = await mainAssignmentOf(personId, date, client)
  if (now) return now
  const row = await assignmentQuery(client)
    .where({ 'a.person_id': personId, 'a.kind': 'main' })
    .whereNull('a.superseded_by')
    .orderBy('a.valid_from', 'desc')
    .orderBy('a.id', 'desc')
    .first()
  return row ? toAssignment(row) : null
}

/** The same of many people; who never had one is absent. */
export async function homesOf(
  personIds: number[],
  date: string,
  client: Client = db.connection()
): Promise<Map<number, { unitId: number; departmentId: number | null }>> {
  const rows = await inChunks(personIds, 400, (piece) =>
    client
      .from('assignments')
      .whereIn('person_id', piece)
      .where('kind', 'main')
      .whereNull('superseded_by')
      .orderBy('valid_from')
      .orderBy('id')
      .select('person_id', 'unit_id', 'department_id', 'valid_from', 'valid_to')
  )
  const last = new Map(rows.map((row) => [Number(row.person_id), row]))
  const now = rows.filter((row) => row.valid_from <= date && (row.valid_to ?? '9') > date)
  for (const row of now) last.set(Number(row.person_id), row)
  return new Map(
    [...last].map(([personId, row]) => {
      const departmentId = row.department_id === null ? null : Number(row.department_id)
      return [personId, { unitId: Number(row.unit_id), departmentId }]
    })
  )
}

/** One assignment by its id, live or replaced; null when there is none. */
export async function assignmentById(
  id: number,
  client: Client = db.connection()
): Promise<AssignmentRow | null> {
  const row = await assignmentQuery(client).where('a.id', id).first()
  return row ? toAssignment(row) : null
}

/** All assignments of a person, newest first: as known now, or when a civil date ended. */
export async function timelineOf(
  personId: number,
  knownOn: string | null = null,
  client: Client = db.connection()
): Promise<AssignmentRow[]> {
  const query = assignmentQuery(client).where('a.person_id', personId)
  const rows = await whereKnown(query, 'a', knownOn)
    .orderBy('a.valid_from', 'desc')
    .orderBy('a.id', 'desc')
  return rows.map(toAssignment)
}

/**
 * Who can be put in a transfer batch: open main assignments that have begun by the date.
 * The filter says which; everything about the person that a line's check needs is in the row.
 */
export async function rowsForTransfer(
  filter: AssignmentFilter & { date: string; assignmentIds?: number[] },
  client: Client = db.connection()
): Promise<AssignmentRow[]> {
  const { date, assignmentIds, ...rest } = filter
  if (assignmentIds) {
    return inChunks(assignmentIds, 400, async (ids) => {
      const rows = await assignmentQuery(client).whereIn('a.id', ids).orderBy('a.id')
      return rows.map(toAssignment)
    })
  }
  const rows = await assignmentsAsOf(date, { ...rest, kind: 'main' }, client)
  return rows.filter((row) => row.validTo === null)
}

/**
 * Which of these assignments live on a date, corrections followed: a corrected row lives on in the
 * one that replaced it, in the same unit. One that a move to another unit replaced is over.
 */
export async function livingAssignments(
  ids: number[],
  date: string,
  client: Client = db.connection()
): Promise<Set<number>> {
  const living = new Set<number>()
  const units = new Map<number, number>()
  let frontier = new Map(ids.map((id) => [id, [id]]))
  while (frontier.size) {
    const rows = await inChunks([...frontier.keys()], 400, (piece) =>
      client
        .from('assignments')
        .whereIn('id', piece)
        .select('id', 'unit_id', 'valid_from', 'valid_to', 'superseded_by')
    )
    const next = new Map<number, number[]>()
    for (const row of rows) {
      const unitId = Number(row.unit_id)
      const asked = frontier
        .get(Number(row.id))!
        .filter((id) => (units.get(id) ?? unitId) === unitId)
      asked.forEach((id) => units.set(id, unitId))
      if (row.superseded_by !== null) {
        const successor = Number(row.superseded_by)
        if (asked.length) next.set(successor, [...(next.get(successor) ?? []), ...asked])
      } else if (row.valid_from <= date && (row.valid_to === null || row.valid_to > date)) {
        asked.forEach((id) => living.add(id))
      }
    }
    frontier = next
  }
  return living
}
