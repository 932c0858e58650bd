import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { addDays, addMonths } from '#shared/dates'
import { assignmentQuery, toAssignment, type AssignmentRow } from '#people/queries/assignment_rows'

export interface MonthPeople {
  /** Whom this unit pays for the month. */
  people: AssignmentRow[]
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
    assignmentQuery(client)
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
  ).map(toAssignment)
  const byPerson = new Map<number, AssignmentRow[]>()
  for (const row of rows) byPerson.set(row.personId, [...(byPerson.get(row.personId) ?? []), row])

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

function payingOf(list: AssignmentRow[], month: string): AssignmentRow[] {
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

/** Civil date on which a run of months looks at standards and places: the last day. */
export function lastDayOf(month: string): string {
  return addDays(addMonths(`${month}-01`, 1), -1)
}
