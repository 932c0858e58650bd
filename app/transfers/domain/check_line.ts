import type { EmploymentType, FundingType, PostNature } from '#organization/domain/codes'
import { postMisfits, type PostDemands } from '#organization/domain/post_fit'
import type { Grade } from '#organization/domain/grades'
import { retirementOf, type RetirementKind } from '#people/domain/retirement_of_person'
import type { DecisionFacts } from './decisions.js'
import { decisionFindings } from './decisions.js'
import { blocked, warning, type Finding } from './findings.js'
import { carriesQuota, isReEngagement, needsSeat, type TransferLine } from './lines.js'

/** The person's assignment as it stands now. */
export interface AssignmentNow {
  unitId: number
  employmentType: EmploymentType
  fundingType: FundingType | null
  grade: Grade | null
  overQuota: boolean
  postNature: PostNature | null
  validFrom: string
}

export interface PersonFacts {
  /** `YYYY-MM-DD`, null when unknown. */
  birthOn: string | null
  sex: 'male' | 'female' | null
  /** As recorded; null: from the grade. */
  retirementKind: RetirementKind | null
}

export interface PostFacts extends PostDemands {
  unitId: number
  departmentId: number
  name: string
  nature: PostNature
}

export interface LineFacts {
  line: TransferLine & { id: number; lineNo: number }
  /** Null: no longer the live and open main assignment. */
  now: AssignmentNow | null
  person: PersonFacts | null
  post: PostFacts | null
  departmentUnitId: number | null
  /** Number of another batch under way that has claimed the assignment. */
  otherBatch: string | null
  /** Open held rows about the person, as decisions. */
  holds: readonly { id: number; code: string }[]
}

export interface LineContext extends DecisionFacts {
  effectiveOn: string
  /** Retirement is forecast by the rules known today. */
  today: string
}

/** Everything that one line by itself can be told. Order: what makes the rest pointless first. */
export function checkLine(facts: LineFacts, context: LineContext): Finding[] {
  const { line } = facts
  const findings: Finding[] = []
  if (line.fromUnitId === line.toUnitId) findings.push(blocked('same_unit', 'choose_unit'))
  if (line.kind !== 'quota_only') {
    if (hasChanged(facts)) return [...findings, blocked('assignment_changed', 'remove_line')]
    findings.push(...personFindings(facts, context))
  }
  findings.push(...decisionFindings(facts, context))
  if (line.kind !== 'quota_only') findings.push(...targetFindings(facts))
  return findings
}

/** Unit, employment, funding and grade are what the line says, and the assignment is still open. */
function hasChanged({ line, now }: LineFacts): boolean {
  return (
    now === null ||
    now.unitId !== line.fromUnitId ||
    now.employmentType !== line.employmentType ||
    now.fundingType !== line.fundingType ||
    now.grade !== line.grade
  )
}

function personFindings(facts: LineFacts, context: LineContext): Finding[] {
  const { line } = facts
  const now = facts.now!
  const findings: Finding[] = []
  if (facts.otherBatch) {
    findings.push(blocked('other_batch', 'remove_line', { number: facts.otherBatch }))
  }
  for (const { id, code } of facts.holds) {
    findings.push(blocked('held', 'resolve_hold', { id, code }))
  }
  if (now.validFrom > context.effectiveOn) {
    findings.push(blocked('starts_later', 'change_date', { date: now.validFrom }))
  }
  if (line.toEmploymentType !== line.employmentType && !convertsInCompany(line, context)) {
    findings.push(blocked('employment_changes', 'remove_line'))
  }
  if (now.overQuota) findings.push(blocked('over_quota', 'remove_line'))
  if ((carriesQuota(line) || needsSeat(line)) && (!line.category || !line.fundingType)) {
    findings.push(blocked('grade_missing', 'correct_person'))
  }
  const retires = retirementBefore(facts, context)
  if (retires) findings.push(warning('retires_before', 'nothing', { date: retires }))
  return findings
}

/** Contract staff become employees of a company only in one, and are those again only out of one. */
function convertsInCompany(line: TransferLine, { enterprises }: LineContext): boolean {
  const companyId = line.toEmploymentType === 'enterprise' ? line.toUnitId : line.fromUnitId
  return isReEngagement(line) && enterprises.has(companyId)
}

/** First day out of service when it is not after the effective date. */
function retirementBefore({ person, line }: LineFacts, context: LineContext): string | null {
  if (!person) return null
  const result = retirementOf({ ...person, grade: line.grade }, context.today)
  return result?.ok && result.endsOn <= context.effectiveOn ? result.endsOn : null
}

function targetFindings({ line, post, departmentUnitId }: LineFacts): Finding[] {
  const findings: Finding[] = []
  if (departmentUnitId !== null && departmentUnitId !== line.toUnitId) {
    findings.push(blocked('department_other_unit', 'set_target'))
  }
  if (!post) return [...findings, warning('post_missing', 'set_target')]
  const name = { post: post.name }
  if (post.unitId !== line.toUnitId) findings.push(blocked('post_other_unit', 'set_target', name))
  const staff = { employmentType: line.toEmploymentType, grade: line.grade }
  for (const code of postMisfits(post, staff)) {
    const params = code === 'grade_unfit' ? { ...name, grade: line.grade ?? '' } : name
    findings.push(blocked(code, 'set_target', params))
  }
  return findings
}
