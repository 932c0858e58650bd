import { OUTLOOKS, RATINGS } from '../domain/codes.js'

const FLAGS = ['unscored', 'unrated', 'unsigned', 'cases'] as const
const EMPLOYMENTS = ['establishment', 'contract'] as const
const NATURES = ['editorial', 'technical', 'commercial', 'administrative'] as const

/** The filter of a list of cards as it stands in the address. */
export function cardFilterOf(query: Record<string, any>) {
  const one = <T extends string>(value: unknown, list: readonly T[]) =>
    list.find((known) => known === value) ?? null
  const { q } = query
  return {
    departmentId: Number(query.department_id) || null,
    employmentType: one(query.employment_type, EMPLOYMENTS),
    nature: one(query.nature, NATURES),
    rating: one(query.rating, [...RATINGS, 'none'] as const),
    outlook: one(query.outlook, OUTLOOKS),
    flag: one(query.flag, FLAGS),
    text: typeof q === 'string' && q.trim() !== '' ? q.trim().slice(0, 60) : null,
  }
}
