import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { transferLinesPort } from '#shared/ports/transfer_lines'
import { namesOfLines, peopleOfLines } from '../queries/people_of_lines.js'
import { openForEdit } from './move_batch.js'

/** Takes lines out of a batch; the people stay where they are. */
export async function removeLines(
  input: { batchId: number; version: number; lineIds: number[] },
  actor: Actor,
  trx?: Trx
): Promise<void> {
  await inTransaction(async (client) => {
    const batch = await openForEdit(client, { id: input.batchId, version: input.version })
    const lineIds = [...new Set(input.lineIds)]
    const names = await namesOfLines(lineIds, client)
    const personIds = await peopleOfLines(lineIds, client)
    const removed = await client
      .from('transfer_lines')
      .where('batch_id', batch.id)
      .whereIn('id', lineIds)
      .delete()
    if (Number(removed) !== lineIds.length) throw new DomainError('transfers.errors.unknown_lines')
    const left = { batchId: batch.id, personIds, intoBatchId: null }
    await transferLinesPort.left(left, actor, client)
    await record(client, actor, {
      action: 'transfers.batch.lines_removed',
      subjectType: 'transfer_batch',
      subjectId: batch.id,
      changes: { lines: lineIds.length, names: names.join('、') },
    })
  }, trx)
}
