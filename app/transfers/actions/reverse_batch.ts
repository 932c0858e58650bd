import type { Actor } from '#shared/actor'
import { inChunks, inTransaction, isUniqueViolation, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { quotaCategoryOf } from '#organization/domain/grades'
import { rowsForTransfer } from '#people/queries/assignments'
import type { AssignmentRow } from '#people/queries/assignment_rows'
import type { TransferLine } from '../domain/lines.js'
import { paidMonths } from '../domain/paid_months.js'
import { batchById, type BatchRow } from '../queries/batches.js'
import { linesOf } from '../queries/lines.js'
import { appendLines } from './add_lines.js'
import { createBatch, type BatchInput } from './create_batch.js'

/**
 * Makes the draft that takes an executed batch back: each line the other way round, people to the
 * department and post they came from. It names the batch it reverses and goes the usual way. Who
 * has moved on since is a line too, and the check names him. Gives the new batch's id.
 */
export async function reverseBatch(
  input: BatchInput & { batchId: number },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const batch = await batchById(input.batchId, client)
    if (batch.state !== 'executed') throw new DomainError('transfers.errors.not_executed')
    const newId = await createReversal(client, actor, batch, input)
    const lines = await linesOf(batch.id, client)
    const people = lines.filter(({ kind }) => kind !== 'quota_only')
    const before = await assignmentsByIds(
      client,
      batch.effectiveOn,
      people.map(({ assignmentId }) => assignmentId!)
    )
    const now = await currentAssignments(client, batch, people)
    const reversed = lines.map((line): TransferLine => {
      const old = before.get(line.assignmentId ?? 0)
      const current = now.get(line.personId ?? 0)
      return {
        ...line,
        assignmentId: current?.id ?? null,
        grade: current?.grade ?? line.grade,
        category: current?.grade ? quotaCategoryOf(current.grade) : line.category,
        fromUnitId: line.toUnitId,
        toUnitId: line.fromUnitId,
        toDepartmentId: old?.departmentId ?? null,
        toPostId: old?.postId ?? null,
        employmentType: line.toEmploymentType,
        toEmploymentType: line.employmentType,
        ...(line.kind === 'quota_only' ? {} : paidMonths(input.effectiveOn)),
      }
    })
    await appendLines(client, actor, await batchById(newId, client), reversed, {
      reverses: batch.number,
    })
    return newId
  }, trx)
}

async function createReversal(trx: Trx, actor: Actor, batch: BatchRow, input: BatchInput) {
  try {
    const { title, documentNo, effectiveOn, reason } = input
    return await createBatch({ title, documentNo, effectiveOn, reason }, actor, trx, {
      reversesId: batch.id,
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('transfers.errors.already_reversed', { number: batch.number })
  }
}

async function assignmentsByIds(trx: Trx, date: string, ids: number[]) {
  const rows = await rowsForTransfer({ date, assignmentIds: ids }, trx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** By person: the open assignment in the target unit, else the one that the batch opened. */
async function currentAssignments(
  trx: Trx,
  batch: BatchRow,
  lines: TransferLine[]
): Promise<Map<number, AssignmentRow>> {
  const opened: Row[] = await trx
    .from('assignments')
    .where({ source_type: 'transfer_batch', source_id: batch.id })
    .whereNull('supersedes')
    .select('id', 'person_id')
  const units = new Map(lines.map((line) => [line.personId!, line.toUnitId]))
  const open: Row[] = await inChunks([...units.keys()], 400, (piece) =>
    trx
      .from('assignments')
      .whereIn('person_id', piece)
      .where({ open_main: 1 })
      .select('id', 'person_id', 'unit_id')
  )
  const here = open.filter((row) => units.get(Number(row.person_id)) === Number(row.unit_id))
  const ids = new Map([...opened, ...here].map((row) => [Number(row.person_id), Number(row.id)]))
  const rows = await assignmentsByIds(trx, batch.effectiveOn, [...ids.values()])
  return new Map([...ids].map(([personId, id]) => [personId, rows.get(id)!]))
}
