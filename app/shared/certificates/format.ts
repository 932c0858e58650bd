import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical.js'

export const FORMAT = 'ronghe-certificate/1'

export interface Counts {
  people: number
  quota: number
  vacant: number
}

export const COUNTS = ['people', 'quota', 'vacant'] as const

export type FundingType = 'full' | 'partial' | 'self'
export type EmploymentType = 'establishment' | 'contract' | 'enterprise'

/** One unit's people of one kind before and after a batch. Only establishment has quota. */
export interface ConservationRow {
  unit: { code: string; name: string }
  /** null for people outside the establishment. */
  fundingType: FundingType | null
  employmentType: EmploymentType
  before: Counts
  after: Counts
}

/** People who changed the kind of their employment with the batch (重新聘用), each with a consent. */
export interface Conversion {
  from: EmploymentType
  to: EmploymentType
  people: number
}

export interface ConservationBody {
  batch: { number: string; title: string; documentNo: string; effectiveDate: string }
  rows: ConservationRow[]
  /** Left out when nobody changed. */
  conversions?: Conversion[]
  /** Head of the audit log when the certificate was made: a cut-off log is found by it. */
  auditHead: { seq: number; hash: string }
}

/** All rows of one funding and employment type together: before must equal after, conversions apart. */
export interface ConservationSum {
  fundingType: FundingType | null
  employmentType: EmploymentType
  before: Counts
  after: Counts
}

/** What the parts of the body hash to one by one, so that a change is found at its place. */
export interface PartHashes {
  batch: string
  rows: string[]
  auditHead: string
}

export interface ConservationCertificate {
  format: typeof FORMAT
  kind: 'conservation'
  body: ConservationBody
  /** After minus before, in the order of the rows. */
  deltas: Counts[]
  sums: ConservationSum[]
  parts: PartHashes
  /** SHA-256 of the canonical JSON of all the rest, hexadecimal. */
  hash: string
}

export type Certificate = ConservationCertificate

/** SHA-256 of a value's canonical JSON, hexadecimal. Throws CanonicalError. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')
}
