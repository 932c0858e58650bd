import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { paidMonths } from '../domain/paid_months.js'
import { batchById } from '../queries/batches.js'
import { documentOf, type BatchInput } from './create_batch.js'
import { openForEdit } from './move_batch.js'

/**
 * Changes the heading. A new effective date changes the paid months of every line with it. What was
 * checked has to be checked anew.
 */
export async function editBatch(
  input: BatchInput & { batchId: number; version: number },
  actor: Actor,
  trx?: Trx
): Promise<void> {
  await inTransaction(async (client) => {
    const before = await batchById(input.batchId, client)
    await openForEdit(client, { id: before.id, version: input.version })
    await client
      .from('transfer_batches')
      .where('id', before.id)
      .update({
        title: input.title,
        document_id: await documentOf(client, actor, input.documentNo),
        effective_on: input.effectiveOn,
        reason: input.reason,
      })
    if (input.effectiveOn !== before.effectiveOn) {
      const { paidThrough, paidFrom } = paidMonths(input.effectiveOn)
      await client
        .from('transfer_lines')
        .where('batch_id', before.id)
        .whereNotNull('person_id')
        .update({ paid_through: paidThrough, paid_from: paidFrom })
    }
    await record(client, actor, {
      action: 'transfers.batch.edited',
      subjectType: 'transfer_batch',
      subjectId: before.id,
      changes: {
        title: [before.title, input.title],
        document_no: [before.documentNo, input.documentNo],
        effective_on: [before.effectiveOn, input.effectiveOn],
        reason: [before.reason, input.reason],
      },
    })
  }, trx)
}
