import { quotaCategoryOf } from '#organization/domain/grades'
import type {
  EmploymentType,
  FundingType,
  PostCategory,
  PostNature,
} from '#organization/domain/codes'
import type { Grade } from '#organization/domain/grades'
import type { Row } from '#shared/database'
import { maskIdentity, maskPhone } from '../domain/identity_no.js'
import { plainColumns } from '../domain/plain_columns.js'
import type { RosterValues } from '../domain/roster_finding.js'

/** What the commit needs of a row; identity number and phone sealed as in `persons`. */
export interface RosterParsed {
  person: Row
  department: string
  post: string
  postNature: PostNature
  employmentType: EmploymentType
  fundingType: FundingType | null
  quotaCategory: PostCategory | null
  grade: Grade | null
  /** Who it is and what was in force when it was checked; null: nobody, nothing. */
  personId: number | null
  assignmentId: number | null
  /** Columns of the person that the row changes. */
  changes: string[]
  /** The assignment is to be changed as well. */
  moves: boolean
}

/** The values of a row that are sealed, and the digest of its identity number. */
export interface SealedValues {
  identity_digest: string
  identity_sealed: string
  phone_sealed: string | null
}

export function rosterParsed(
  values: RosterValues,
  sealed: SealedValues,
  base: Pick<RosterParsed, 'personId' | 'assignmentId' | 'changes' | 'moves'>
): RosterParsed {
  const { department, post, postNature, employmentType, fundingType, grade } = values
  const staff = employmentType === 'establishment'
  return {
    person: {
      ...plainColumns({
        name: values.name,
        sex: values.sex,
        birthOn: values.birth,
        education: values.education,
        politicalStatus: values.politicalStatus,
        workStartedOn: firstDay(values.workStart),
        remark: values.remark?.slice(0, 500) ?? null,
      }),
      ...sealed,
      identity_masked: maskIdentity(values.identityNo),
      phone_masked: values.phone === null ? null : maskPhone(values.phone),
    },
    department,
    post,
    postNature,
    employmentType,
    fundingType,
    grade,
    quotaCategory: staff && grade ? quotaCategoryOf(grade) : null,
    ...base,
  }
}

/** A month is stored as its first day. */
export function firstDay(date: string | null): string | null {
  return date?.length === 7 ? `${date}-01` : date
}
