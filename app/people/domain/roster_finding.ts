import type {
  EmploymentTerms,
  EmploymentType,
  FundingType,
  PostNature,
} from '#organization/domain/codes'
import type { Grade } from '#organization/domain/grades'
import type { Education, PoliticalStatus, Sex } from './codes.js'
import type { DateSystem } from './office_date.js'
import type { RosterField } from './roster_fields.js'

export type FindingLevel = 'note' | 'warning' | 'held' | 'rejected' | 'skipped'

/** What is said of a row. `field` is the Chinese header, empty when the row as a whole is meant. */
export interface RosterFinding {
  level: FindingLevel
  code: string
  field: string
  /** What stood there, identity and phone numbers masked. */
  value?: string
  params?: Record<string, string | number>
}

/** A cell as the spreadsheet reader gives it; a missing one is blank. */
export interface RosterCell {
  text: string
  kind: 'text' | 'number' | 'date' | 'boolean' | 'error' | 'blank'
  raw: string
  formula?: true
}

export interface RosterRow {
  /** Row number of the sheet, from 1. */
  number: number
  hidden?: boolean
  cells: Partial<Record<RosterField, RosterCell>>
}

export interface RosterContext {
  /** 编制类型 that the unit has; all when left out. */
  allowedTerms?: readonly EmploymentTerms[]
  /** Date of the roster; a start of work after it is warned of. */
  asOf?: string
  dateSystem?: DateSystem
  /** The earlier row of the same sheet with this identity number. */
  earlierRow: (identityNo: string) => number | null
  /** The name of another unit in which this person holds a main post on the roster's date. */
  otherMainUnit: (identityNo: string) => string | null
}

export interface RosterValues {
  name: string
  /** Sex and birth are those of the identity number, whatever the sheet says. */
  sex: Sex
  birth: string
  identityNo: string
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  workStart: string | null
  department: string
  post: string
  postNature: PostNature
  employmentType: EmploymentType
  fundingType: FundingType | null
  grade: Grade | null
  education: Education | null
  politicalStatus: PoliticalStatus | null
  phone: string | null
  remark: string | null
}

export interface RosterVerdict {
  row: number
  verdict: 'accepted' | 'held' | 'rejected' | 'skipped'
  /** The readable identity number of any row, also a rejected one: later rows repeat it. */
  identityNo: string | null
  /** Null for rejected and skipped rows. */
  values: RosterValues | null
  findings: RosterFinding[]
}
