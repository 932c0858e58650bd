import { isCivilDate } from '#shared/dates'
import {
  EMPLOYMENT_TYPES,
  FUNDING_TYPES,
  POST_CATEGORIES,
  POST_NATURES,
  type EmploymentType,
  type FundingType,
  type PostCategory,
  type PostNature,
} from '#organization/domain/codes'

export const PEOPLE_FLAGS = ['near_retirement', 'objected', 'held'] as const
export type PeopleFlag = (typeof PEOPLE_FLAGS)[number]
export const PEOPLE_SORTS = ['name', 'unit', 'work_started'] as const
export type PeopleSort = (typeof PEOPLE_SORTS)[number]

/** What a people list is narrowed to; null: everything. */
export interface PeopleFilter {
  text: string | null
  /** Of letters: how the name is to begin with them; not said, either way. */
  letters?: 'pinyin' | 'initials'
  unitId: number | null
  departmentId: number | null
  /** `none`: without a main assignment on the date (leavers, people outside the rosters). */
  employment: EmploymentType | 'none' | null
  funding: FundingType | null
  category: PostCategory | null
  /** Series of the grade. */
  series: PostCategory | null
  nature: PostNature | null
  flag: PeopleFlag | null
  asOf: string
}

export interface PeopleOrder {
  sort: PeopleSort
  direction: 'asc' | 'desc'
}

type Query = Record<string, any>

/** Reads the query string of a list page; what is not understood narrows nothing. */
export function peopleFilterOf(query: Query, today: string): PeopleFilter {
  const code = <Code extends string>(name: string, table: Record<Code, unknown>): Code | null =>
    Object.hasOwn(table, String(query[name])) ? (query[name] as Code) : null
  return {
    text: typeof query.q === 'string' && query.q.trim() ? query.q.trim().slice(0, 60) : null,
    unitId: positive(query.unit),
    departmentId: positive(query.department),
    employment: query.employment === 'none' ? 'none' : code('employment', EMPLOYMENT_TYPES),
    funding: code('funding', FUNDING_TYPES),
    category: code('category', POST_CATEGORIES),
    series: code('series', POST_CATEGORIES),
    nature: code('nature', POST_NATURES),
    flag: PEOPLE_FLAGS.find((flag) => flag === query.flag) ?? null,
    asOf: isCivilDate(query.as_of) ? query.as_of : today,
  }
}

export function peopleOrderOf(query: Query): PeopleOrder {
  return {
    sort: PEOPLE_SORTS.find((sort) => sort === query.sort) ?? 'name',
    direction: query.direction === 'desc' ? 'desc' : 'asc',
  }
}

function positive(value: unknown): number | null {
  const number = Number(value)
  return Number.isSafeInteger(number) && number > 0 ? number : null
}
