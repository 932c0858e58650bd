import { setImmediate } from 'node:timers/promises'
import { clock } from '#shared/clock'
import type { Row } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext, StoredRow } from '#shared/ports/imports'
import { unitById, type UnitRow } from '#organization/queries/units'
import { isAccepted } from '#imports/domain/levels'
import { inForceOn, knownPeople, type KnownPerson } from './known_people.js'
import { aliasToLearn } from './roster_questions.js'
import type { RosterParsed } from './roster_row.js'
import { SeatChanges } from './seat_changes.js'

/** A row that changes somebody on record. */
export interface RosterUpdate {
  parsed: RosterParsed
  person: KnownPerson
}

export interface HeldRow {
  row: number
  parsed: RosterParsed
  person: KnownPerson
}

/** Everything the deciding transaction writes, worked out before it begins. */
export interface RosterPlan {
  unit: UnitRow
  /** Rows that open an assignment, of new people and of people on record without one. */
  openings: RosterParsed[]
  /** Rows of `persons` to insert. */
  persons: Row[]
  updates: RosterUpdate[]
  held: HeldRow[]
  departments: string[]
  posts: RosterPost[]
  seats: SeatChanges
  alias: string | null
  same: number
}

export type RosterPost = Pick<RosterParsed, 'department' | 'post' | 'postNature' | 'employmentType'>

const LOOKED_UP = 2_000

/** The identity of a post inside a unit. */
export function postKey({ department, post, postNature, employmentType }: RosterPost): string {
  return [department, post, postNature, employmentType].join('\n')
}

/**
 * Works out the commit of a roster. Who it would touch is looked up again: when somebody changed
 * since the dry run, DomainError `imports.errors.changed_since_check`.
 */
export async function planRoster(context: ImportContext, rows: StoredRow[]): Promise<RosterPlan> {
  const unit = await unitById(Number(context.answers.unit), context.asOf)
  const plan: RosterPlan = {
    ...{ unit, openings: [], persons: [], updates: [], held: [], departments: [], posts: [] },
    seats: new SeatChanges(unit.id),
    alias: await aliasToLearn(context.found, context.asOf),
    same: rows.filter(({ effect }) => effect === 'same').length,
  }
  const work = rows.filter(({ parsed }) => parsed !== null)
  for (let from = 0; from < work.length; from += LOOKED_UP) {
    const piece = work.slice(from, from + LOOKED_UP)
    const people = await knownPeople(piece.map(({ parsed }) => parsed.person.identity_digest))
    for (const row of piece) addRow(plan, row, people, context.asOf)
    await setImmediate()
  }
  const opened = [...plan.openings, ...plan.updates.map(({ parsed }) => parsed)]
  plan.departments = [...new Set(opened.map(({ department }) => department))]
  plan.posts = [...new Map(opened.map((parsed) => [postKey(parsed), parsed])).values()]
  return plan
}

function addRow(
  plan: RosterPlan,
  { row, level, parsed: read }: StoredRow,
  people: Map<string, KnownPerson>,
  asOf: string
) {
  const parsed: RosterParsed = read
  const person = people.get(parsed.person.identity_digest) ?? null
  refuseChanged(parsed, person, level === 'held', asOf)
  if (level === 'held') {
    plan.held.push({ row, parsed, person: person! })
    return
  }
  if (!isAccepted(level)) return
  if (!person) {
    plan.persons.push({ ...parsed.person, version: 1, created_at: clock.now() })
  } else if (parsed.assignmentId !== null || parsed.changes.length > 0) {
    plan.updates.push({ parsed, person })
  }
  if (parsed.assignmentId === null) plan.openings.push(parsed)
  const before = person?.assignments.find(({ id }) => id === parsed.assignmentId) ?? null
  if (parsed.moves) plan.seats.change(before, parsed)
}

function refuseChanged(
  parsed: RosterParsed,
  person: KnownPerson | null,
  held: boolean,
  asOf: string
) {
  const current = person ? inForceOn(person, asOf) : null
  const sameAssignment = held || (current?.id ?? null) === parsed.assignmentId
  if ((person?.id ?? null) === parsed.personId && sameAssignment) return
  throw new DomainError('imports.errors.changed_since_check', { name: parsed.person.name })
}
