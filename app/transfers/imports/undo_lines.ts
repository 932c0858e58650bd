import { record } from '#audit/actions/record'
import { effectsOf } from '#imports/actions/effects'
import type { Actor } from '#shared/actor'
import { inChunks, type Trx } from '#shared/database'
import type { ImportContext } from '#shared/ports/imports'
import { openForEdit } from '../actions/move_batch.js'
import { authorizePrepare } from '../policies/access.js'
import { unitsOfBatch } from '../queries/batches.js'
import { openBatchFor } from './commit_lines.js'

/**
 * Takes the lines of a list out again and puts changed ones back, in whichever batch they stand by
 * now; a batch that has left its preparer's hands stops it, by number.
 */
export async function undoLines(trx: Trx, actor: Actor, { importId }: ImportContext) {
  const effects = await effectsOf(trx, importId, 'transfer_line')
  const ids = effects.map(({ subjectId }) => subjectId)
  const there = await inChunks(ids, 400, (piece) =>
    trx.from('transfer_lines').whereIn('id', piece).select('id', 'batch_id')
  )
  const batchOf = new Map(there.map((row) => [Number(row.id), Number(row.batch_id)]))
  for (const batchId of [...new Set(batchOf.values())].sort((a, b) => a - b)) {
    const batch = await openBatchFor(trx, batchId)
    const units = await unitsOfBatch(batchId, trx)
    authorizePrepare(actor, { batch, units, scope: [] })
    await openForEdit(trx, batch)
    const own = effects.filter(({ subjectId }) => batchOf.get(subjectId) === batchId)
    const made = own.flatMap(({ effect, subjectId }) => (effect === 'created' ? [subjectId] : []))
    for (let from = 0; from < made.length; from += 400) {
      const piece = made.slice(from, from + 400)
      await trx.from('transfer_lines').whereIn('id', piece).delete()
    }
    for (const { subjectId, before } of own) {
      if (before) await trx.from('transfer_lines').where('id', subjectId).update(before)
    }
    await record(trx, actor, {
      action: 'transfers.batch.lines_removed',
      subjectType: 'transfer_batch',
      subjectId: batchId,
      changes: { lines: own.length, import: importId },
    })
  }
}
