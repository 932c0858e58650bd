import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { batchById } from '../queries/batches.js'
import { refuseSigner, writeSignature } from './approve_step.js'
import { moveBatch } from './move_batch.js'
import { giveBack } from './reservations.js'

export interface ReturnInput {
  batchId: number
  version: number
  comment: string
  grant: ActiveGrant | null
}

/**
 * Sends a batch back to its preparer with a reason and gives everything back that it held. While it
 * is being signed this takes the place of the signature; a scheduled batch is sent back by who
 * executes, on the record of the log alone.
 */
export async function returnBatch(input: ReturnInput, actor: Actor, trx?: Trx): Promise<void> {
  await inTransaction(async (client) => {
    const before = await batchById(input.batchId, client)
    await moveBatch(client, { id: before.id, version: input.version }, 'return')
    if (before.state === 'submitted') {
      await refuseSigner(client, before, actor, input.grant)
      await writeSignature(client, before, actor, { ...input, decision: 'returned' })
    }
    await giveBack(client, actor, before)
    await record(client, actor, {
      action: 'transfers.batch.returned',
      subjectType: 'transfer_batch',
      subjectId: before.id,
      changes: { comment: input.comment, from: before.state },
      grant: input.grant,
    })
  }, trx)
}
