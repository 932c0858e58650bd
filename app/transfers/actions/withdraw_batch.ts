import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { batchById } from '../queries/batches.js'
import { moveBatch } from './move_batch.js'
import { giveBack } from './reservations.js'

/** Ends a batch that is not executed; everything that it held is given back. */
export async function withdrawBatch(
  input: { batchId: number; version: number; reason: string },
  actor: Actor,
  trx?: Trx
): Promise<void> {
  await inTransaction(async (client) => {
    const before = await batchById(input.batchId, client)
    await moveBatch(client, { id: before.id, version: input.version }, 'withdraw')
    await giveBack(client, actor, before)
    await record(client, actor, {
      action: 'transfers.batch.withdrawn',
      subjectType: 'transfer_batch',
      subjectId: before.id,
      changes: { reason: input.reason, from: before.state },
    })
  }, trx)
}
