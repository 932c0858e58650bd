import { DomainError } from '#shared/errors'
import type { ImportContext, RowSource, StoredRow } from '#shared/ports/imports'
import { unitById, type UnitRow } from '#organization/queries/units'
import { isAccepted } from '#imports/domain/levels'
import { inForceOn, knownPeople, type KnownPerson } from './known_people.js'
import { placeOfGroup } from './newcomer_line.js'
import { aliasToLearn } from './roster_questions.js'
import type { RosterParsed } from './roster_row.js'
import { SeatChanges } from './seat_changes.js'

/** A row about somebody on record. */
export interface RosterUpdate {
  row: number
  parsed: RosterParsed
  person: KnownPerson
}

/**
 * Everything the deciding transaction needs beside the rows about new people, which it takes
 * straight from where they are stored.
 */
export interface RosterPlan {
  unit: UnitRow
  /** How many people there are of whom nothing was on record. */
  newcomers: number
  /** People on record who come to the unit. */
  openings: RosterUpdate[]
  /** People on record whose data or assignment change. */
  updates: RosterUpdate[]
  held: RosterUpdate[]
  departments: string[]
  posts: RosterPost[]
  seats: SeatChanges
  alias: string | null
  same: number
}

export type RosterPost = Pick<RosterParsed, 'department' | 'post' | 'postNature' | 'employmentType'>

/** The identity of a post inside a unit. */
export function postKey({ department, post, postNature, employmentType }: RosterPost): string {
  return [department, post, postNature, employmentType].join('\n')
}

/**
 * Works out the commit of a roster. Who it would touch is looked up again: when somebody changed
 * since the dry run, DomainError `imports.errors.changed_since_check`.
 */
export async function planRoster(context: ImportContext, rows: RowSource): Promise<RosterPlan> {
  const unit = await unitById(Number(context.answers.unit), context.asOf)
  const known = await rows.aboutKnown()
  const plan: RosterPlan = {
    unit,
    newcomers: 0,
    openings: [],
    updates: [],
    held: [],
    departments: [],
    posts: [],
    seats: new SeatChanges(unit.id),
    alias: await aliasToLearn(context.found, context.asOf),
    same: known.filter(({ effect }) => effect === 'same').length,
  }
  const work = known.filter(({ parsed }) => parsed !== null)
  const people = await knownPeople(work.map(({ parsed }) => parsed.person.identity_digest))
  for (const row of work) addRow(plan, row, people, context.asOf)
  const posts: RosterPost[] = []
  for (const [group, count] of await rows.groups()) {
    const place = placeOfGroup(group)
    plan.newcomers += count
    plan.seats.change(null, place, count)
    posts.push(place)
  }
  addPlaces(plan, [...posts, ...[...plan.openings, ...plan.updates].map(({ parsed }) => parsed)])
  return plan
}

function addRow(
  plan: RosterPlan,
  { row, level, parsed: read }: StoredRow,
  people: Map<string, KnownPerson>,
  asOf: string
) {
  const parsed: RosterParsed = read
  const person = people.get(parsed.person.identity_digest)
  const held = level === 'held'
  const assignmentId = parsed.assignmentId ?? null
  const current = person ? (inForceOn(person, asOf)?.id ?? null) : null
  if (!person || person.id !== parsed.personId || (!held && current !== assignmentId)) {
    throw new DomainError('imports.errors.changed_since_check', { name: parsed.person.name })
  }
  if (held) plan.held.push({ row, parsed, person })
  if (!isAccepted(level)) return
  if (assignmentId !== null || parsed.changes.length > 0) plan.updates.push({ row, parsed, person })
  if (assignmentId === null) plan.openings.push({ row, parsed, person })
  const before = person.assignments.find(({ id }) => id === assignmentId) ?? null
  if (parsed.moves) plan.seats.change(before, parsed)
}

function addPlaces(plan: RosterPlan, posts: RosterPost[]) {
  plan.departments = [...new Set(posts.map(({ department }) => department))]
  plan.posts = [...new Map(posts.map((post) => [postKey(post), post])).values()]
}
