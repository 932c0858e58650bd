import type { KeptLines } from '#shared/ports/imports'
import type { RosterParsed } from './roster_row.js'

/** What a row gives of a person: columns of `persons`. */
export const PERSON_COLUMNS = [
  'name',
  'name_pinyin',
  'name_initials',
  'sex',
  'birth_on',
  'identity_sealed',
  'identity_digest',
  'identity_masked',
  'phone_sealed',
  'phone_masked',
  'education',
  'political_status',
  'work_started_on',
  'remark',
]

export const PLACE_COLUMNS = [
  'department',
  'post',
  'post_nature',
  'employment_type',
  'funding_type',
  'quota_category',
  'grade',
]

export const LINE_COLUMNS = [...PERSON_COLUMNS, ...PLACE_COLUMNS]

type Place = Pick<
  RosterParsed,
  'department' | 'post' | 'postNature' | 'employmentType' | 'fundingType' | 'quotaCategory'
>

/**
 * A row about somebody of whom nothing is on record. They are most of a first roster, so such a row
 * is kept as its values alone: those of the person, then those of the place.
 */
export type NewcomerLine = unknown[]

/** Many lines as they are kept: counted by post and kind of seat. */
export type NewcomerLines = KeptLines

export function newcomerLine({ person, ...place }: RosterParsed): NewcomerLine {
  const { department, post, postNature, employmentType, fundingType, quotaCategory, grade } = place
  const line: NewcomerLine = PERSON_COLUMNS.map((column) => person[column])
  line.push(department, post, postNature, employmentType, fundingType, quotaCategory, grade)
  return line
}

export function joinLines(lines: NewcomerLine[]): NewcomerLines {
  const groups = new Map<string, { place: unknown[]; count: number }>()
  for (const line of lines) {
    const place = line.slice(PERSON_COLUMNS.length, -1)
    const key = place.join('\n')
    const group = groups.get(key)
    if (group) group.count++
    else groups.set(key, { place, count: 1 })
  }
  const counts = [...groups.values()].map(({ place, count }) => [JSON.stringify(place), count])
  return {
    json: new TextEncoder().encode(JSON.stringify(lines)),
    counts: new Map(counts as [string, number][]),
  }
}

/** Only those of the given places. */
export function pickLines({ json }: NewcomerLines, places: number[]): NewcomerLines {
  const lines: NewcomerLine[] = JSON.parse(new TextDecoder().decode(json))
  return joinLines(places.map((at) => lines[at]))
}

/** The post and the kind of seat by which lines are counted. */
export function placeOfGroup(group: string): Place {
  const [department, post, postNature, employmentType, fundingType, quotaCategory] =
    JSON.parse(group)
  return { department, post, postNature, employmentType, fundingType, quotaCategory }
}
