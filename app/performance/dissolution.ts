import { clock } from '#shared/clock'
import { isUniqueViolation } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'
import { periodName } from './domain/periods.js'

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
    try {
      await trx
        .from('review_cycles')
        .where('id', id)
        .whereNotIn('state', OVER)
        .update({ unit_id: successorId, updated_at: clock.now(), version: trx.raw('version + 1') })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      const { kind, period_from: from } = await trx.from('review_cycles').where('id', id).first()
      throw new DomainError('performance.errors.cycle_exists', { period: periodName(kind, from) })
    }
  },
}
