import { Actor } from '#shared/actor'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'
import { DomainError } from '#shared/errors'
import { withdrawBatch } from './actions/withdraw_batch.js'
import { batchById } from './queries/batches.js'

/**
 * Batches that still name a unit which is being dissolved. People and seats of another unit need
 * another batch with signatures of its own, so each of them is ended, never handed over.
 */
export const openBatchesOfUnit: DissolutionHandler = {
  kind: 'transfer_batch',
  async list(unitId, trx) {
    const rows = await trx
      .from('transfer_batches as b')
      .whereNotIn('b.state', ['executed', 'withdrawn'])
      .whereExists((lines) =>
        lines
          .from('transfer_lines as l')
          .whereColumn('l.batch_id', 'b.id')
          .where((side) => side.where('l.from_unit_id', unitId).orWhere('l.to_unit_id', unitId))
      )
      .orderBy('b.id')
      .select('b.id', 'b.number', 'b.title')
    return rows.map((row) => ({
      kind: 'transfer_batch',
      id: Number(row.id),
      title: `${row.title}（${row.number}）`,
      url: `/transfers/batches/${row.id}`,
    }))
  },
  async settle(id, successorId, date, trx) {
    if (successorId !== null) throw new DomainError('transfers.errors.no_successor')
    const { version } = await batchById(id, trx)
    await withdrawBatch({ batchId: id, version, reason: date }, Actor.system(), trx)
  },
}
