import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'

const OVER = ['closed', 'cancelled']

/** Reviews of a dissolved unit that are not closed go to its successor: people still have to sign. */
export const cycleHoldings: DissolutionHandler = {
  kind: 'review_cycle',
  async list(unitId, trx) {
    const rows = await trx
      .from('review_cycles')
      .where('unit_id', unitId)
      .whereNotIn('state', OVER)
      .orderBy('id')
    return rows.map((row) => ({
      kind: 'review_cycle',
      id: Number(row.id),
      title: `${row.number} ${row.title}`,
      url: `/performance/cycles/${row.id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    if (!successorId) throw new DomainError('performance.errors.cycle_needs_successor')
    await trx
      .from('review_cycles')
      .where('id', id)
      .update({ unit_id: successorId, updated_at: clock.now(), version: trx.raw('version + 1') })
  },
}
