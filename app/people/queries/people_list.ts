import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { toInt, type Row } from '#shared/database'
import { keptCounts } from '#shared/kept_counts'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { openHoldsAbout } from '#decisions/queries/require_decision'
import type { AssignmentRow } from './assignment_rows.js'
import type { PeopleFilter, PeopleOrder } from './people_filter.js'
import { orderColumns, peopleQuery } from './people_query.js'
import type { PeopleScope } from './people_scope.js'
import type { PersonRow } from './person.js'

/** A line of the people list: the person and the main assignment on the date of the list. */
export interface PeopleRow {
  person: Pick<
    PersonRow,
    | 'id'
    | 'name'
    | 'sex'
    | 'birthOn'
    | 'identityMasked'
    | 'phoneMasked'
    | 'education'
    | 'politicalStatus'
    | 'workStartedOn'
    | 'retirementKind'
    | 'confirmation'
  >
  assignment: Pick<
    AssignmentRow,
    | 'unitName'
    | 'departmentName'
    | 'postName'
    | 'employmentType'
    | 'fundingType'
    | 'overQuota'
    | 'grade'
  > | null
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
  const placed = filter.employment !== 'none'
  const query = peopleQuery(filter, scope, order)
    .select('p.id as person_id')
    .select(placed ? 'a.id as assignment_id' : db.raw('null as assignment_id'))
  const page = await keysetPage<Row>(query, {
    ...orderColumns(order, filter),
    direction: order.direction,
    size,
    cursor,
    details,
  })
  const ids = page.rows.map((row) => Number(row.person_id))
  const holds = ids.length ? await openHoldsAbout('person', ids) : new Map()
  return { ...page, rows: page.rows.map((row) => toPeopleRow(row, holds)) }
}

/** How many there are. */
export async function countPeople(filter: PeopleFilter, scope: PeopleScope): Promise<number> {
  const [row] = await keptCounts(['people', filter, scope], () =>
    peopleQuery(filter, scope).count('* as total')
  )
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

function details(keys: DatabaseQueryBuilderContract<any>) {
  return db
    .from(keys.as('keys'))
    .join('persons as p', 'p.id', 'keys.person_id')
    .leftJoin('assignments as a', 'a.id', 'keys.assignment_id')
    .leftJoin('units as u', 'u.id', 'a.unit_id')
    .leftJoin('departments as d', 'd.id', 'a.department_id')
    .leftJoin('posts as o', 'o.id', 'a.post_id')
    .select('keys.*', 'p.name', 'p.sex', 'p.birth_on', 'p.identity_masked', 'p.phone_masked')
    .select('p.education', 'p.political_status', 'p.work_started_on', 'p.retirement_kind')
    .select('p.confirmation', 'u.name as unit_name', 'd.name as department_name')
    .select('o.name as post_name', 'a.employment_type', 'a.funding_type', 'a.over_quota', 'a.grade')
}

function toPeopleRow(row: Row, holds: Map<number, { code: string }[]>): PeopleRow {
  const id = Number(row.person_id)
  return {
    person: {
      id,
      name: row.name,
      sex: row.sex,
      birthOn: row.birth_on,
      identityMasked: row.identity_masked,
      phoneMasked: row.phone_masked,
      education: row.education,
      politicalStatus: row.political_status,
      workStartedOn: row.work_started_on,
      retirementKind: row.retirement_kind,
      confirmation: row.confirmation,
    },
    assignment: row.assignment_id === null ? null : toPlace(row),
    holds: (holds.get(id) ?? []).map(({ code }) => code),
  }
}

function toPlace(row: Row): NonNullable<PeopleRow['assignment']> {
  return {
    unitName: row.unit_name,
    departmentName: row.department_name,
    postName: row.post_name,
    employmentType: row.employment_type,
    fundingType: row.funding_type,
    overQuota: Boolean(row.over_quota),
    grade: row.grade,
  }
}
