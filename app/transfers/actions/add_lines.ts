import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { bulkInsert, toInt, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { TransferLine } from '../domain/lines.js'
import type { BatchRow } from '../queries/batches.js'
import { MAX_LINES, MAX_LINES_SETTING, settingOn } from '../queries/settings.js'

/**
 * Appends lines to a batch that is open for change; people who are in it already are passed over.
 * Gives how many were added. Throws transfers.errors.too_many_lines above the configured size.
 */
export async function appendLines(
  trx: Trx,
  actor: Actor,
  batch: BatchRow,
  lines: readonly TransferLine[],
  how: Record<string, unknown>
): Promise<number> {
  const there = await trx
    .from('transfer_lines')
    .where('batch_id', batch.id)
    .select('line_no', 'assignment_id')
  const known = new Set(there.map((row) => Number(row.assignment_id ?? 0)))
  const fresh = lines.filter((line) => line.assignmentId === null || !known.has(line.assignmentId))
  const most = toInt((await settingOn(MAX_LINES_SETTING, batch.effectiveOn, trx)) ?? MAX_LINES)
  if (there.length + fresh.length > most) {
    throw new DomainError('transfers.errors.too_many_lines', { most })
  }
  const last = Math.max(0, ...there.map((row) => Number(row.line_no)))
  await bulkInsert(
    trx,
    'transfer_lines',
    fresh.map((line, index) => columnsOf(batch.id, last + index + 1, line))
  )
  if (fresh.length > 0) {
    await record(trx, actor, {
      action: 'transfers.batch.lines_added',
      subjectType: 'transfer_batch',
      subjectId: batch.id,
      changes: { ...how, lines: fresh.length },
    })
  }
  return fresh.length
}

function columnsOf(batchId: number, lineNo: number, line: TransferLine): Row {
  return {
    batch_id: batchId,
    line_no: lineNo,
    kind: line.kind,
    person_id: line.personId,
    assignment_id: line.assignmentId,
    quantity: line.quantity,
    from_unit_id: line.fromUnitId,
    to_unit_id: line.toUnitId,
    to_department_id: line.toDepartmentId,
    to_post_id: line.toPostId,
    employment_type: line.employmentType,
    to_employment_type: line.toEmploymentType,
    funding_type: line.fundingType,
    category: line.category,
    grade: line.grade,
    paid_through: line.paidThrough,
    paid_from: line.paidFrom,
    verdict: 'unchecked',
    findings: '[]',
  }
}
