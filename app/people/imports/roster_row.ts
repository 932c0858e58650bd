import { quotaCategoryOf } from '#organization/domain/grades'
import type {
  EmploymentType,
  FundingType,
  PostCategory,
  PostNature,
} from '#organization/domain/codes'
import type { Grade } from '#organization/domain/grades'
import type { Row } from '#shared/database'
import { sealMany } from '#shared/sealing/seal_many'
import { personColumns } from '../actions/person_columns.js'
import { maskIdentity, maskPhone } from '../domain/identity_no.js'
import type { RosterValues } from '../domain/roster_finding.js'

/** What the commit needs of a row; identity number and phone sealed by `sealPeople` as in `persons`. */
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

/** `identityDigest` was computed for the look-up: it is not computed again for 20,000 people. */
export function rosterParsed(
  values: RosterValues,
  identityDigest: string,
  base: Pick<RosterParsed, 'personId' | 'assignmentId' | 'changes' | 'moves'>
): RosterParsed {
  const { department, post, postNature, employmentType, fundingType, grade } = values
  const staff = employmentType === 'establishment'
  return {
    person: {
      ...personColumns({
        name: values.name,
        sex: values.sex,
        birthOn: values.birth,
        education: values.education,
        politicalStatus: values.politicalStatus,
        workStartedOn: firstDay(values.workStart),
        remark: values.remark?.slice(0, 500) ?? null,
      }),
      identity_digest: identityDigest,
      identity_masked: maskIdentity(values.identityNo),
      phone_masked: values.phone === null ? null : maskPhone(values.phone),
    },
    ...{ department, post, postNature, employmentType, fundingType, grade },
    quotaCategory: staff && grade ? quotaCategoryOf(grade) : null,
    ...base,
  }
}

/** A row that goes on record and the values of it that have to be sealed before. */
export interface Unsealed {
  parsed: RosterParsed
  values: RosterValues
}

/** Seals identity numbers and phones of many rows. */
export async function sealPeople(rows: Unsealed[]): Promise<void> {
  const [identities, phones] = await Promise.all([
    sealMany(
      rows.map(({ values }) => values.identityNo),
      'identity'
    ),
    sealMany(
      rows.map(({ values }) => values.phone),
      'phone'
    ),
  ])
  for (const [at, { parsed }] of rows.entries()) {
    parsed.person.identity_sealed = identities[at]
    parsed.person.phone_sealed = phones[at]
  }
}

/** A month is stored as its first day. */
export function firstDay(date: string | null): string | null {
  return date?.length === 7 ? `${date}-01` : date
}
