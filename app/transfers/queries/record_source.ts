import type { Actor } from '#shared/actor'
import type { RecordSource } from '#shared/ports/record_sources'
import { scopeOf } from '../policies/access.js'
import { batchById, unitsOfBatch } from './batches.js'

/** Batches for the history of whom they moved. */
export const batchSource = {
  type: 'transfer_batch',
  deed: 'transfers.batch.executed',
  describe(ids: readonly number[], actor: Actor): Promise<RecordSource[]> {
    return Promise.all(ids.map((id) => sourceOf(id, actor)))
  },
}

async function sourceOf(id: number, actor: Actor): Promise<RecordSource> {
  const batch = await batchById(id)
  const seen = scopeOf(actor, batch, await unitsOfBatch(id)) !== null
  return { id, name: batch.number, url: seen ? `/transfers/batches/${id}` : null }
}
