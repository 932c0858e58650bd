import { clock } from '#shared/clock'
import { isCheckViolation, toInt, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { computeCards } from '../actions/compute_cards.js'
import { quotasOf, type CycleRow } from '../queries/cycles.js'

export function valueRow(cardId: number, indicatorId: number, value: string, importId: number) {
  return {
    scorecard_id: cardId,
    indicator_id: indicatorId,
    value,
    source: 'imported',
    source_id: importId,
    recorded_at: clock.now(),
  }
}

/** Scores that were computed already follow values that come late. */
export async function computeLate(trx: Trx, cycle: CycleRow, cardIds: number[]) {
  if (cycle.state === 'calibration') await computeCards(trx, cycle, cardIds)
}

/** Places in use are counted from the cards; in a year's cycle the database refuses one too many. */
export async function countPlaces(trx: Trx, cycle: CycleRow) {
  for (const quota of await quotasOf(cycle.id, trx)) {
    const [row] = await trx
      .from('scorecards')
      .where({ cycle_id: cycle.id, employment_type: quota.employmentType })
      .where({ in_base: 1, rating: 'excellent' })
      .count('* as used')
    const used = toInt(row.used)
    try {
      await trx.from('excellent_quotas').where('id', quota.id).update({ used })
    } catch (error) {
      if (!isCheckViolation(error)) throw error
      throw new DomainError('performance.errors.excellent_over_cap', {
        used,
        cap: quota.cap,
        base: quota.base,
      })
    }
  }
}
