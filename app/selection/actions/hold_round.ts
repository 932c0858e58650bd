import type { Trx } from '#shared/database'

type Belonging =
  'selection_exceptions' | 'selection_lists' | 'selection_objections' | 'selection_participants'

/**
 * Takes the row of a round before anything is read: what depends on its state or its answers goes
 * one after the other. Nothing may be read before, for MySQL shows a transaction the others' work as
 * it was at its first plain read.
 */
export async function holdRound(trx: Trx, roundId: number) {
  await trx.from('selection_rounds').where('id', roundId).forUpdate().select('id')
}

/** The same by something of the round, in one locking read. */
export async function holdRoundOf(trx: Trx, table: Belonging, id: number) {
  await roundOf(trx, table, id).forUpdate()
}

/** Many may share it, and meanwhile nobody moves the round. */
export async function shareRoundOf(trx: Trx, table: Belonging, id: number) {
  await roundOf(trx, table, id).forShare()
}

export async function shareRoundOfPaper(trx: Trx, paperId: number) {
  await trx
    .from('selection_papers as p')
    .join('selection_participants as x', 'x.id', 'p.participant_id')
    .join('selection_rounds as r', 'r.id', 'x.round_id')
    .where('p.id', paperId)
    .forShare()
    .select('r.id')
}

function roundOf(trx: Trx, table: Belonging, id: number) {
  return trx
    .from(`${table} as x`)
    .join('selection_rounds as r', 'r.id', 'x.round_id')
    .where('x.id', id)
    .select('r.id')
}
