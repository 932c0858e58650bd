import { unseal } from '#shared/crypto'
import type { ImportEffect } from '#shared/ports/imports'
import type { RosterFinding, RosterValues } from '../domain/roster_finding.js'
import type { AssignmentRow } from '../queries/assignment_rows.js'
import { inForceOn, type KnownPerson } from './known_people.js'
import { firstDay } from './roster_row.js'

export interface Comparison {
  effect: ImportEffect
  findings: RosterFinding[]
  assignmentId: number | null
  changes: string[]
  moves: boolean
}

/**
 * What a row would do to a person on record: compared as of the roster's date. What is known since
 * then stays (`later_facts`), and a person whose time in the unit has ended does not come back by
 * an older sheet (`ended_earlier`): both are said, nothing is done.
 */
export function compareRoster(
  values: RosterValues,
  person: KnownPerson,
  unitId: number,
  asOf: string,
  editedLater: boolean
): Comparison {
  const current = inForceOn(person, asOf)
  const nothing = { assignmentId: current?.id ?? null, changes: [], moves: false }
  const later = person.assignments.filter(({ validFrom }) => validFrom > asOf)
  if (!current && later.length > 0) return said('later_facts', nothing)
  if (!current && person.assignments.some((row) => row.unitId === unitId)) {
    return said('ended_earlier', nothing)
  }
  const changes = changedColumns(values, person)
  const moves = current === null || !sameAssignment(values, current)
  if (changes.length === 0 && !moves) return { effect: 'same', findings: [], ...nothing }
  const overtaken = moves && current !== null && (current.validTo !== null || later.length > 0)
  if (overtaken || (changes.length > 0 && editedLater)) return said('later_facts', nothing)
  return { ...nothing, effect: current ? 'update' : 'create', findings: [], changes, moves }
}

/** The unit that has the person as its own on the roster's date, when it is another one. */
export function otherMainUnit(person: KnownPerson, unitId: number, asOf: string): string | null {
  const current = inForceOn(person, asOf)
  if (current) return current.unitId === unitId ? null : current.unitName
  // "known from a roster" begins on that roster's date although the person was there before
  const later = person.assignments.find(({ validFrom }) => validFrom > asOf)
  return later && later.source === 'roster' && later.unitId !== unitId ? later.unitName : null
}

function said(
  code: string,
  rest: Pick<Comparison, 'assignmentId' | 'changes' | 'moves'>
): Comparison {
  return { effect: 'none', findings: [{ level: 'warning', code, field: '' }], ...rest }
}

/** A grade that is blank, as contract staff may have it, takes none away. */
function sameAssignment(values: RosterValues, current: AssignmentRow): boolean {
  return (
    current.departmentName === values.department &&
    current.postName === values.post &&
    current.postNature === values.postNature &&
    current.employmentType === values.employmentType &&
    current.fundingType === values.fundingType &&
    (values.grade === null || current.grade === values.grade)
  )
}

/** A cell that is blank says nothing: it takes no value away. */
function changedColumns(values: RosterValues, { columns }: KnownPerson): string[] {
  const phone = columns.phone_sealed === null ? null : unseal(columns.phone_sealed, 'phone')
  const pairs: [string, unknown, unknown][] = [
    ['name', values.name, columns.name],
    ['phone', values.phone, phone],
    ['education', values.education, columns.education],
    ['political_status', values.politicalStatus, columns.political_status],
    ['work_started_on', firstDay(values.workStart), columns.work_started_on],
    ['remark', values.remark?.slice(0, 500) ?? null, columns.remark],
  ]
  return pairs.flatMap(([name, given, known]) => (given === null || given === known ? [] : [name]))
}
