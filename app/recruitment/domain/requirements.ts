import type { Education } from '#people/domain/codes'
import dayjs from 'dayjs'

/** From the lowest to the highest. */
export const EDUCATION_LEVELS: readonly Education[] = [
  'primary',
  'junior_secondary',
  'senior_secondary',
  'vocational',
  'junior_college',
  'undergraduate',
  'postgraduate',
]

export const levelOf = (education: string) => EDUCATION_LEVELS.indexOf(education as Education)

export interface Requirements {
  minEducation: string | null
  maxAge: number | null
  minYears: number
}

export interface Facts {
  education: string
  birthOn: string
  serviceMonths: number
}

export interface Shortfall {
  /** Below `recruitment.shortfalls.` */
  code: 'education' | 'age' | 'years'
  field: string
  params: Record<string, string | number>
}

/** What of the post's measurable requirements somebody does not meet on the last day to apply. */
export function shortfallsOf(wanted: Requirements, facts: Facts, onDate: string): Shortfall[] {
  const found: Shortfall[] = []
  const { minEducation, maxAge, minYears } = wanted
  if (minEducation && levelOf(facts.education) < levelOf(minEducation)) {
    found.push({ code: 'education', field: 'education', params: { wanted: minEducation } })
  }
  const age = dayjs(onDate).diff(dayjs(facts.birthOn), 'year')
  if (maxAge !== null && age > maxAge) {
    found.push({ code: 'age', field: 'identity_no', params: { wanted: maxAge, age } })
  }
  if (facts.serviceMonths < minYears * 12) {
    const years = Math.floor(facts.serviceMonths / 12)
    found.push({ code: 'years', field: 'post_id', params: { wanted: minYears, years } })
  }
  return found
}
