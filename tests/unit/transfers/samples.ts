import type { PersonRow, TargetPost } from '#transfers/domain/build_lines'
import type { LineContext, LineFacts } from '#transfers/domain/check_line'
import type { TransferLine } from '#transfers/domain/lines'

/** A person of 广播电视台 (unit 1) who takes the seat along to the centre (unit 2). */
export function lineOf(changes: Partial<TransferLine> = {}): TransferLine & {
  id: number
  lineNo: number
} {
  return {
    id: 1,
    lineNo: 1,
    kind: 'person_with_quota',
    personId: 10,
    assignmentId: 20,
    quantity: 1,
    fromUnitId: 1,
    toUnitId: 2,
    toDepartmentId: 5,
    toPostId: 7,
    employmentType: 'establishment',
    toEmploymentType: 'establishment',
    fundingType: 'full',
    category: 'professional',
    grade: 'professional_10',
    paidThrough: '2022-02',
    paidFrom: '2022-03',
    ...changes,
  }
}

/** Vacant professional seats, full funding. */
export function seatsOf(quantity: number, changes: Partial<TransferLine> = {}) {
  return lineOf({
    kind: 'quota_only',
    personId: null,
    assignmentId: null,
    quantity,
    toDepartmentId: null,
    toPostId: null,
    employmentType: null,
    toEmploymentType: null,
    grade: null,
    paidThrough: null,
    paidFrom: null,
    ...changes,
  })
}

export function factsOf(
  changes: Partial<Omit<LineFacts, 'line'>> & { line?: Partial<TransferLine> } = {}
): LineFacts {
  const { line, ...rest } = changes
  return {
    line: lineOf(line),
    now: {
      unitId: 1,
      employmentType: 'establishment',
      fundingType: 'full',
      grade: 'professional_10',
      overQuota: false,
      postNature: 'editorial',
      validFrom: '2015-01-01',
    },
    person: { birthOn: '1985-05-05', sex: 'male', retirementKind: null },
    post: {
      unitId: 2,
      departmentId: 5,
      name: '全媒体编辑',
      nature: 'editorial',
      employmentType: 'establishment',
      range: { top: 'professional_5', bottom: 'professional_13' },
      open: true,
    },
    departmentUnitId: 2,
    otherBatch: null,
    holds: [],
    ...rest,
  }
}

export function contextOf(changes: Partial<LineContext> = {}): LineContext {
  return {
    effectiveOn: '2022-03-01',
    today: '2022-02-10',
    decided: new Map(),
    undecidedUnits: new Set(),
    enterprises: new Set(),
    ...changes,
  }
}

export function personOf(changes: Partial<PersonRow> = {}): PersonRow {
  return {
    personId: 10,
    assignmentId: 20,
    unitId: 1,
    employmentType: 'establishment',
    fundingType: 'full',
    quotaCategory: 'professional',
    grade: 'professional_10',
    postName: '编辑',
    postNature: 'editorial',
    ...changes,
  }
}

export function postOf(changes: Partial<TargetPost> = {}): TargetPost {
  return {
    id: 7,
    departmentId: 5,
    name: '全媒体编辑',
    nature: 'editorial',
    employmentType: 'establishment',
    gradeTop: 'professional_5',
    gradeBottom: 'professional_13',
    free: 10,
    mapsFrom: ['编辑'],
    ...changes,
  }
}
