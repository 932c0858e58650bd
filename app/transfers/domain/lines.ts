import type { EmploymentType, FundingType, PostCategory } from '#organization/domain/codes'
import type { Grade } from '#organization/domain/grades'

/** 连人带编, 空编, 只转人. */
export const LINE_KINDS = ['person_with_quota', 'quota_only', 'person_without_quota'] as const
export type LineKind = (typeof LINE_KINDS)[number]

/** One line of a batch: one person (quantity 1), or `quantity` vacant seats of one kind. */
export interface TransferLine {
  kind: LineKind
  personId: number | null
  assignmentId: number | null
  quantity: number
  fromUnitId: number
  toUnitId: number
  toDepartmentId: number | null
  toPostId: number | null
  employmentType: EmploymentType | null
  toEmploymentType: EmploymentType | null
  fundingType: FundingType | null
  /** Quota category: the series of the grade, before and after. */
  category: PostCategory | null
  grade: Grade | null
  /** `YYYY-MM`: last month paid by the old unit, first month paid by the new one. */
  paidThrough: string | null
  paidFrom: string | null
}

/** True for a line that carries a seat of the establishment from one unit to another. */
export function carriesQuota(line: Pick<TransferLine, 'kind'>): boolean {
  return line.kind !== 'person_without_quota'
}

/** True for a change of employment that a re-engagement makes (重新聘用): into a company, and back. */
export function isReEngagement(
  line: Pick<TransferLine, 'kind' | 'employmentType' | 'toEmploymentType'>
): boolean {
  const kinds = [line.employmentType, line.toEmploymentType].sort().join(' ')
  return line.kind === 'person_without_quota' && kinds === 'contract enterprise'
}

/** True for a person who takes a seat that the target has already. */
export function needsSeat(line: Pick<TransferLine, 'kind' | 'toEmploymentType'>): boolean {
  return line.kind === 'person_without_quota' && line.toEmploymentType === 'establishment'
}
