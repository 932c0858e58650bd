import { clock } from '#shared/clock'
import { bulkInsert, toInt, type Trx } from '#shared/database'
import { consequencesOf } from '../domain/consequences.js'
import { cardList } from '../queries/cards.js'
import type { CycleRow } from '../queries/cycles.js'

/**
 * What the ratings of a year lead to, as proposals to those who decide step, pay and grade. A
 * corrected result makes new ones beside the old.
 */
export async function proposeConsequences(trx: Trx, cycle: CycleRow, cardIds?: number[]) {
  if (cycle.kind !== 'year') return
  const cards = await cardList({ cycleId: cycle.id, units: 'all' }, trx)
  const wanted = cards.filter(
    ({ id, employmentType, rating, outlook }) =>
      employmentType === 'establishment' &&
      rating !== null &&
      outlook !== 'left' &&
      (!cardIds || cardIds.includes(id))
  )
  const rows = []
  for (const { id, rating } of wanted) {
    const [{ latest }] = await trx
      .from('scorecard_changes')
      .where('scorecard_id', id)
      .max('result_version as latest')
    for (const kind of consequencesOf(rating!)) {
      rows.push({
        scorecard_id: id,
        kind,
        result_version: toInt(latest),
        created_at: clock.now(),
      })
    }
  }
  await bulkInsert(trx, 'rating_proposals', rows)
}
