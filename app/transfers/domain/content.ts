import { hashOf } from '#shared/certificates/format'
import type { TransferLine } from './lines.js'

export interface BatchHeading {
  title: string
  documentId: number | null
  effectiveOn: string
  reversesId: number | null
}

/**
 * SHA-256 of what the signatures stand for: heading and lines in their order, without numbers of
 * rows or verdicts. The same batch always has the same hash; a changed post or month changes it.
 */
export function contentHash(heading: BatchHeading, lines: readonly TransferLine[]): string {
  const { title, documentId, effectiveOn, reversesId } = heading
  return hashOf({
    heading: { title, documentId, effectiveOn, reversesId },
    lines: lines.map((line) => ({
      kind: line.kind,
      personId: line.personId,
      assignmentId: line.assignmentId,
      quantity: line.quantity,
      fromUnitId: line.fromUnitId,
      toUnitId: line.toUnitId,
      toDepartmentId: line.toDepartmentId,
      toPostId: line.toPostId,
      employmentType: line.employmentType,
      toEmploymentType: line.toEmploymentType,
      fundingType: line.fundingType,
      category: line.category,
      grade: line.grade,
      paidThrough: line.paidThrough,
      paidFrom: line.paidFrom,
    })),
  })
}
