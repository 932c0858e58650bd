import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inChunks, type Row, type Trx } from '#shared/database'
import type { LinesLeft } from '#shared/ports/transfer_lines'

/**
 * A batch of re-engagement lost lines: who was put into another batch is engaged by that one, with
 * the contract; who was taken out, or taken back after it was executed, has signed and waits for a
 * batch again, the batch's contract gone and the one before it in force.
 */
export async function followLines(left: LinesLeft, actor: Actor, trx: Trx) {
  const { batchId, personIds, intoBatchId } = left
  const people: Row[] = await inChunks(personIds, 400, (piece) =>
    trx
      .from('selection_participants')
      .where('batch_id', batchId)
      .whereIn('person_id', piece)
      .select('id', 'round_id', 'person_id')
  )
  for (const { id, person_id: personId } of people) {
    await trx
      .from('selection_participants')
      .where({ id, batch_id: batchId })
      .update({
        batch_id: intoBatchId,
        updated_at: clock.now(),
        version: trx.raw('version + 1'),
      })
    const contract = trx.from('contracts').where({ person_id: personId, batch_id: batchId })
    if (intoBatchId === null) await contract.delete()
    else await contract.update({ batch_id: intoBatchId, updated_at: clock.now() })
  }
  for (const roundId of new Set(people.map((row) => Number(row.round_id)))) {
    const count = people.filter((row) => Number(row.round_id) === roundId).length
    await record(trx, actor, {
      action: 'selection.people.left_batch',
      subjectType: 'selection_round',
      subjectId: roundId,
      changes: { people: count, batch: [batchId, intoBatchId] },
    })
  }
}
