import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'

/** Rounds that a dissolved unit still holds go on with its successor; one under way cannot just end. */
export const openRoundsOfUnit: DissolutionHandler = {
  kind: 'selection_round',
  async list(unitId, trx) {
    const rows = await trx
      .from('selection_rounds')
      .where('unit_id', unitId)
      .whereNot('state', 'closed')
      .orderBy('id')
    return rows.map((row) => ({
      kind: 'selection_round',
      id: Number(row.id),
      title: `${row.number} ${row.name}`,
      url: `/selection/rounds/${row.id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    if (!successorId) throw new DomainError('selection.errors.round_needs_successor')
    await trx
      .from('selection_rounds')
      .where('id', id)
      .update({ unit_id: successorId, updated_at: clock.now(), version: trx.raw('version + 1') })
  },
}
