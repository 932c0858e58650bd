import { record } from '#audit/actions/record'
import { sealEvents } from '#audit/actions/seal'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError, StaleError } from '#shared/errors'
import { transferLinesPort } from '#shared/ports/transfer_lines'
import { postMovement } from '#organization/actions/quota/post_movement'
import { moveAssignments } from '#people/actions/move_assignments'
import { executionMovements } from '../domain/movements.js'
import { batchById, unitsOfBatch, type BatchRow } from '../queries/batches.js'
import { passFreeze } from '../queries/check_facts.js'
import { figuresOn } from '../queries/figures.js'
import { linesOf, seatCategories, type StoredLine } from '../queries/lines.js'
import { assertContent } from './approve_step.js'
import { certify } from './certify_batch.js'
import { moveBatch } from './move_batch.js'

export interface ExecutionResult {
  /** false: it had been executed before. */
  executed: boolean
  certificateId: number
}

/**
 * Executes a scheduled batch once, in one transaction: people and seats move as of the effective
 * date, the conservation certificate is made from what the tables say before and after, and the
 * batch is executed; or nothing happens at all. Asked again it does nothing and says so.
 * Throws transfers.errors.too_early, frozen, content_changed; people.errors.assignment_changed.
 */
export async function executeBatch(
  input: { batchId: number; version?: number },
  actor: Actor,
  trx?: Trx
): Promise<ExecutionResult> {
  return inTransaction(async (client) => {
    const before = await batchById(input.batchId, client)
    if (before.state === 'executed') {
      return { executed: false, certificateId: before.certificateId! }
    }
    if (input.version !== undefined && input.version !== before.version) {
      throw new StaleError({ id: before.id }, { type: 'transfer_batch', id: before.id })
    }
    const batch = await moveBatch(client, before, 'execute', { executed_at: clock.now() })
    if (batch.effectiveOn > clock.today()) {
      throw new DomainError('transfers.errors.too_early', { date: batch.effectiveOn })
    }
    const lines = await linesOf(batch.id, client)
    assertContent(batch, lines)
    const units = await unitsOfBatch(batch.id, client)
    await passFreeze(client, batch, units.all, actor)

    const then = await figuresOn(batch.effectiveOn, units.all, client)
    await moveSeats(client, actor, batch, lines)
    await movePeople(client, actor, batch, lines)
    await client.from('transfer_claims').where('batch_id', batch.id).delete()
    await tellReversed(client, actor, batch, lines)
    const now = await figuresOn(batch.effectiveOn, units.all, client)

    await record(client, actor, {
      action: 'transfers.batch.executed',
      subjectType: 'transfer_batch',
      subjectId: batch.id,
      changes: { effective_on: batch.effectiveOn, lines: lines.length },
    })
    const head = await sealEvents(client)
    const certificateId = await certify(client, actor, batch, {
      units,
      lines,
      then,
      now,
      head,
    })
    return { executed: true, certificateId }
  }, trx)
}

async function moveSeats(trx: Trx, actor: Actor, batch: BatchRow, lines: StoredLine[]) {
  const seats = await seatCategories(batch.id, trx)
  const withSeats = lines.map((line) => ({
    ...line,
    seatCategory: seats.get(line.id) ?? line.category,
  }))
  for (const { kind, entries } of executionMovements(withSeats)) {
    await postMovement(trx, actor, {
      key: `transfers:${batch.id}:${kind}`,
      kind,
      effectiveOn: batch.effectiveOn,
      documentId: batch.documentId,
      reason: batch.number,
      subjectType: 'transfer_batch',
      subjectId: batch.id,
      entries,
    })
  }
}

async function movePeople(trx: Trx, actor: Actor, batch: BatchRow, lines: StoredLine[]) {
  const people = lines.filter(({ kind }) => kind !== 'quota_only')
  await moveAssignments(trx, actor, {
    moves: people.map((line) => ({
      assignmentId: line.assignmentId!,
      unitId: line.toUnitId,
      departmentId: line.toDepartmentId,
      postId: line.toPostId,
      employmentType: line.toEmploymentType!,
      fundingType: line.fundingType,
      quotaCategory: line.category,
      paidThrough: line.paidThrough,
      paidFrom: line.paidFrom,
    })),
    effectiveOn: batch.effectiveOn,
    documentId: batch.documentId,
    sourceType: 'transfer_batch',
    sourceId: batch.id,
  })
}

/** Who made facts that the reversed batch carried out takes them back too. */
async function tellReversed(trx: Trx, actor: Actor, batch: BatchRow, lines: StoredLine[]) {
  if (batch.reversesId === null) return
  const personIds = lines.flatMap(({ personId }) => (personId === null ? [] : [personId]))
  await transferLinesPort.left(
    { batchId: batch.reversesId, personIds, intoBatchId: null },
    actor,
    trx
  )
}
