import db from '@adonisjs/lucid/services/db'
import { inChunks, type Row } from '#shared/database'
import { assignmentQuery, toAssignment, type AssignmentRow } from '../queries/assignment_rows.js'

/** A person who is on record with the identity number of a row. */
export interface KnownPerson {
  id: number
  /** All columns, sealed ones as they are. */
  columns: Row
  /** Live main assignments, earliest first. */
  assignments: AssignmentRow[]
}

const PIECE = 1_000

/** People by the digests of their identity numbers; who was merged answers as who was kept. */
export async function knownPeople(digests: string[]): Promise<Map<string, KnownPerson>> {
  const found = await inChunks(digests, PIECE, (piece) =>
    db.from('persons').whereIn('identity_digest', piece)
  )
  const kept = await keptPersons(found.filter((row) => row.merged_into !== null))
  const people = new Map<string, KnownPerson>()
  for (const row of found) {
    const columns = row.merged_into === null ? row : kept.get(Number(row.merged_into))!
    people.set(row.identity_digest, { id: Number(columns.id), columns, assignments: [] })
  }
  await addAssignments([...people.values()])
  return people
}

async function keptPersons(merged: Row[]): Promise<Map<number, Row>> {
  const ids = merged.map((row) => Number(row.merged_into))
  const rows = await inChunks(ids, PIECE, (piece) => db.from('persons').whereIn('id', piece))
  return new Map(rows.map((row) => [Number(row.id), row]))
}

async function addAssignments(people: KnownPerson[]) {
  const byId = new Map<number, KnownPerson[]>()
  for (const person of people) byId.set(person.id, [...(byId.get(person.id) ?? []), person])
  const rows = await inChunks([...byId.keys()], PIECE, (piece) =>
    assignmentQuery()
      .where({ 'a.kind': 'main', 'a.live': 1 })
      .whereIn('a.person_id', piece)
      .orderBy('a.valid_from')
      .orderBy('a.id')
  )
  for (const row of rows) {
    for (const person of byId.get(Number(row.person_id))!)
      person.assignments.push(toAssignment(row))
  }
}

/** The main assignment in force on a date. */
export function inForceOn(person: KnownPerson, date: string): AssignmentRow | null {
  return (
    person.assignments.find(
      ({ validFrom, validTo }) => validFrom <= date && (validTo === null || validTo > date)
    ) ?? null
  )
}
