import type { Education, PoliticalStatus, Sex } from './codes.js'
import { namePinyin } from './name_pinyin.js'
import type { RetirementKind } from './retirement_of_person.js'

/** What is known about a person, normalised by `domain/`; a missing value is null or left out. */
export interface PersonInput {
  name: string
  sex?: Sex | null
  /** `YYYY-MM-DD`, or the first of the month when only the month is known. */
  birthOn?: string | null
  /** 18 characters, as parseIdentityNo gives them. */
  identityNo?: string | null
  phone?: string | null
  education?: Education | null
  politicalStatus?: PoliticalStatus | null
  workStartedOn?: string | null
  remark?: string | null
  retirementKind?: RetirementKind | null
  external?: boolean
}

const LONGEST_PINYIN = 160
const LONGEST_INITIALS = 30

/** The columns of `persons` that are kept as they are, with the name in pinyin. */
export function plainColumns(input: Omit<PersonInput, 'identityNo' | 'phone'>) {
  const pinyin = namePinyin(input.name)
  return {
    name: input.name,
    name_pinyin: pinyin.full.slice(0, LONGEST_PINYIN),
    name_initials: pinyin.initials.slice(0, LONGEST_INITIALS),
    sex: input.sex ?? null,
    birth_on: input.birthOn ?? null,
    education: input.education ?? null,
    political_status: input.politicalStatus ?? null,
    work_started_on: input.workStartedOn ?? null,
    remark: input.remark ?? null,
    retirement_kind: input.retirementKind ?? null,
    external: input.external ?? false,
  }
}
