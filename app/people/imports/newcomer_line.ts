import type { Row } from '#shared/database'
import type { RosterPost } from './roster_plan.js'
import type { Seat } from './seat_changes.js'

/** What a row gives of a person: columns of `persons`. */
export const PERSON_COLUMNS = [
  ...['name', 'name_pinyin', 'name_initials', 'sex', 'birth_on'],
  ...['identity_sealed', 'identity_digest', 'identity_masked', 'phone_sealed', 'phone_masked'],
  ...['education', 'political_status', 'work_started_on', 'remark'],
]

export const PLACE_COLUMNS = [
  ...['department', 'post', 'post_nature', 'employment_type'],
  ...['funding_type', 'quota_category', 'grade'],
]

export const LINE_COLUMNS = [...PERSON_COLUMNS, ...PLACE_COLUMNS]

export type NewcomerPlace = RosterPost & Seat & { grade: string | null }

/**
 * A row about somebody of whom nothing is on record. They are most of a first roster, so such a row
 * is kept as its values alone: those of the person, then those of the place.
 */
export function newcomerLine(person: Row, place: NewcomerPlace): string {
  const { department, post, postNature, employmentType, fundingType, quotaCategory, grade } = place
  return JSON.stringify([
    ...PERSON_COLUMNS.map((column) => person[column]),
    ...[department, post, postNature, employmentType, fundingType, quotaCategory, grade],
  ])
}
