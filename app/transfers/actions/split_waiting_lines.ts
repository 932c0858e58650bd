import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inChunks, inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { transferLinesPort } from '#shared/ports/transfer_lines'
import { waitsForDecision } from '../domain/findings.js'
import { batchById } from '../queries/batches.js'
import { linesOf } from '../queries/lines.js'
import { peopleOfLines } from '../queries/people_of_lines.js'
import { createBatch } from './create_batch.js'
import { openForEdit } from './move_batch.js'

/**
 * Lines that wait for a decision or a held row go into a batch of their own, so that the others
 * need not wait. Gives the new batch's id. What waits was found by the last check.
 */
export async function splitWaitingLines(
  input: { batchId: number; version: number; title: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const batch = await openForEdit(client, { id: input.batchId, version: input.version })
    const lines = await linesOf(batch.id, client)
    const waiting = lines.filter(({ findings }) => waitsForDecision(findings)).map(({ id }) => id)
    if (waiting.length === 0) throw new DomainError('transfers.errors.nothing_waits')
    const { title } = input
    const { documentNo, effectiveOn, reason } = batch
    const newId = await createBatch({ title, documentNo, effectiveOn, reason }, actor, client, {
      splitFromId: batch.id,
    })
    await inChunks(waiting, 400, async (ids) => {
      await client.from('transfer_lines').whereIn('id', ids).update({ batch_id: newId })
      return []
    })
    const personIds = await peopleOfLines(waiting, client)
    const left = { batchId: batch.id, personIds, intoBatchId: newId }
    await transferLinesPort.left(left, actor, client)
    const { number } = await batchById(newId, client)
    await record(client, actor, {
      action: 'transfers.batch.split',
      subjectType: 'transfer_batch',
      subjectId: batch.id,
      changes: { lines: waiting.length, into: number },
    })
    return newId
  }, trx)
}
