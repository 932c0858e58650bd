import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { addDays, addMonths } from '#shared/dates'
import type { AssignmentRow } from '#people/queries/assignment_rows'
import type { Row } from '#shared/database'
import type { RunKind } from '../domain/runs.js'

/** What a run keeps of the place of each of its people: there may be hundreds of thousands. */
export type Place = Pick<
  AssignmentRow,
  | 'personId'
  | 'personName'
  | 'unitId'
  | 'unitName'
  | 'departmentId'
  | 'departmentName'
  | 'postId'
  | 'postName'
  | 'postNature'
  | 'employmentType'
  | 'grade'
  | 'validFrom'
  | 'paidFrom'
  | 'paidThrough'
>

export interface MonthPeople {
  /** Whom this unit pays for the month. */
  people: Place[]
  /** People of the unit whom two units would pay, or none: an error on the run. */
  conflicts: { personId: number; name: string; problem: 'two_units' | 'no_unit'; units: string }[]
}

/**
 * Whom a unit pays for a month: of everybody's main assignments that touch the month, the one
 * whose paid months hold it (the months of a move), else the one that stood first in it.
 */
export async function peopleOfMonth(
  key: { unitId: number; employmentType: string; month: string },
  client: Client = db
): Promise<MonthPeople> {
  const first = `${key.month}-01`
  const touching = () =>
    placesFrom(client)
      .where({ 'a.kind': 'main', 'a.live': 1 })
      .where('a.valid_from', '<', addMonths(first, 1))
      .where((open) => open.whereNull('a.valid_to').orWhere('a.valid_to', '>', first))
  const here = client
    .from('assignments')
    .where({ unit_id: key.unitId, kind: 'main', live: 1 })
    .where('valid_from', '<', addMonths(first, 1))
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', first))
    .select('person_id')
  const rows = (
    await touching().whereIn('a.person_id', here).orderBy('p.name_pinyin').orderBy('a.id')
  ).map(toPlace)
  const byPerson = Map.groupBy(rows, ({ personId }) => personId)

  const result: MonthPeople = { people: [], conflicts: [] }
  for (const [personId, list] of byPerson) {
    const paying = payingOf(list, key.month)
    const units = [...new Set(paying.map(({ unitId }) => unitId))]
    if (units.length === 1) {
      const mine = paying.at(-1)!
      if (mine.unitId === key.unitId && mine.employmentType === key.employmentType) {
        result.people.push(mine)
      }
      continue
    }
    const own = list.filter(({ unitId }) => unitId === key.unitId)
    if (own.every(({ employmentType }) => employmentType !== key.employmentType)) continue
    const named = (units.length ? paying : list).map(({ unitName }) => unitName)
    result.conflicts.push({
      personId,
      name: list[0].personName,
      problem: units.length ? 'two_units' : 'no_unit',
      units: [...new Set(named)].join('、'),
    })
  }
  return result
}

function placesFrom(client: Client) {
  return client
    .from('assignments as a')
    .join('persons as p', 'p.id', 'a.person_id')
    .join('units as u', 'u.id', 'a.unit_id')
    .leftJoin('departments as d', 'd.id', 'a.department_id')
    .leftJoin('posts as o', 'o.id', 'a.post_id')
    .select('a.person_id', 'a.unit_id', 'a.department_id', 'a.post_id')
    .select('a.employment_type', 'a.grade')
    .select('a.valid_from', 'a.paid_from', 'a.paid_through', 'p.name', 'u.name as unit_name')
    .select('d.name as department_name', 'o.name as post_name', 'o.nature')
}

function toPlace(row: Row): Place {
  return {
    personId: Number(row.person_id),
    personName: row.name,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    departmentName: row.department_name,
    postName: row.post_name,
    postId: row.post_id === null ? null : Number(row.post_id),
    departmentId: row.department_id === null ? null : Number(row.department_id),
    postNature: row.nature,
    employmentType: row.employment_type,
    grade: row.grade,
    validFrom: row.valid_from,
    paidFrom: row.paid_from,
    paidThrough: row.paid_through,
  }
}

function payingOf(list: Place[], month: string): Place[] {
  const open = list.filter(
    ({ paidFrom, paidThrough }) =>
      (paidFrom === null || paidFrom <= month) && (paidThrough === null || paidThrough >= month)
  )
  const said = open.filter(({ paidFrom, paidThrough }) => paidFrom !== null || paidThrough !== null)
  if (said.length) return said
  // no move says who pays: the place that stood first in the month, corrections of a place among themselves
  const earliest = open.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))[0]
  return earliest ? open.filter(({ unitId }) => unitId === earliest.unitId) : []
}

/**
 * The month whose people a run pays: its last one, or for a year's bonus of a unit that was formed
 * only later the first in which somebody is on its payroll, for the bonus goes on with the people.
 */
export async function monthOfPeople(
  run: { kind: RunKind; unitId: number; monthTo: string },
  client: Client = db
): Promise<string> {
  if (run.kind !== 'year_end') return run.monthTo
  const [{ first }] = await client
    .from('assignments')
    .where({ unit_id: run.unitId, kind: 'main', live: 1 })
    .select(client.raw('min(coalesce(paid_from, substr(valid_from, 1, 7))) as first'))
  return first !== null && first > run.monthTo ? first : run.monthTo
}

/** Civil date on which a run of months looks at standards and places: the last day. */
export function lastDayOf(month: string): string {
  return addDays(addMonths(`${month}-01`, 1), -1)
}
