import { toInt, type Row } from '#shared/database'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { openHoldsAbout } from '#decisions/queries/require_decision'
import { assignmentQuery, toAssignment, type AssignmentRow } from './assignment_rows.js'
import type { PeopleFilter, PeopleOrder } from './people_filter.js'
import { orderColumns, peopleQuery } from './people_query.js'
import type { PeopleScope } from './people_scope.js'
import { personsByIds, type PersonRow } from './person.js'

/** A line of the people list: the person and the main assignment on the date of the list. */
export interface PeopleRow {
  person: PersonRow
  assignment: AssignmentRow | null
  /** Codes of open decisions about the person. */
  holds: string[]
}

/** One page of the people that filter and scope leave, in the wanted order. */
export async function peoplePage(
  filter: PeopleFilter,
  scope: PeopleScope,
  order: PeopleOrder,
  cursor: string | null,
  size = PAGE_SIZE
): Promise<KeysetPage<PeopleRow>> {
  const query = peopleQuery(filter, scope, order).select('p.id as person_id')
  if (filter.employment !== 'none') query.select('a.id as assignment_id')
  const page = await keysetPage<Row>(query, {
    ...orderColumns(order, filter),
    direction: order.direction,
    size,
    cursor,
  })
  return { ...page, rows: await withDetails(page.rows) }
}

/** How many there are. */
export async function countPeople(filter: PeopleFilter, scope: PeopleScope): Promise<number> {
  const [row] = await peopleQuery(filter, scope).count('* as total')
  return toInt(row.total)
}

/** All of them, in order, read in pieces: for exports of any length. */
export async function* allPeople(
  filter: PeopleFilter,
  scope: PeopleScope,
  order: PeopleOrder
): AsyncGenerator<PeopleRow> {
  let cursor: string | null = null
  do {
    const page: KeysetPage<PeopleRow> = await peoplePage(filter, scope, order, cursor, 500)
    yield* page.rows
    cursor = page.next
  } while (cursor)
}

async function withDetails(rows: Row[]): Promise<PeopleRow[]> {
  const ids = rows.map((row) => Number(row.person_id))
  const assignmentIds = rows.flatMap((row) =>
    row.assignment_id ? [Number(row.assignment_id)] : []
  )
  const [persons, assignments, holds] = [
    new Map((await personsByIds(ids)).map((person) => [person.id, person])),
    await assignmentsByPerson(assignmentIds),
    ids.length ? await openHoldsAbout('person', ids) : new Map(),
  ]
  return ids.map((id) => ({
    person: persons.get(id)!,
    assignment: assignments.get(id) ?? null,
    holds: (holds.get(id) ?? []).map((hold: { code: string }) => hold.code),
  }))
}

async function assignmentsByPerson(ids: number[]): Promise<Map<number, AssignmentRow>> {
  if (ids.length === 0) return new Map()
  const rows = await assignmentQuery().whereIn('a.id', ids)
  return new Map(rows.map((row: Row) => [Number(row.person_id), toAssignment(row)]))
}
