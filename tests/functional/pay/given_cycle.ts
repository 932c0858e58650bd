import { computeCards } from '#performance/actions/compute_cards'
import { cycleById } from '#performance/queries/cycles'
import { bulkInsert, inTransaction } from '#shared/database'
import { clock } from '#shared/clock'
import {
  cardsOf,
  givenCycle,
  givenDepartment,
  givenLibrary,
  givenPost,
  givenScheme,
  givenState,
} from '../performance/givens.js'

/**
 * The second quarter's review of everybody of a unit, decided: all hold a post of one class; scores
 * go down by one from person to person.
 */
export async function givenDecidedCycle(unitId: number): Promise<number> {
  const departmentId = await givenDepartment(unitId)
  const postId = await givenPost(unitId, departmentId)
  await inTransaction((trx) =>
    trx
      .from('assignments')
      .where('unit_id', unitId)
      .whereNull('post_id')
      .update({ department_id: departmentId, post_id: postId, quota_category: 'professional' })
  )
  const library = await givenLibrary('imported')
  await givenScheme(library, unitId)
  const cycleId = await givenCycle(unitId)
  const values = (await cardsOf(cycleId)).flatMap(({ id }, index) =>
    [
      [library.quantity, String(90 - (index % 30))],
      [library.quality, String(95 - (index % 30))],
      [library.attendance, '1'],
    ].map(([indicator, value]) => ({
      ...{ scorecard_id: id, indicator_id: indicator, value, source: 'imported' },
      ...{ source_id: null, recorded_at: clock.now() },
    }))
  )
  await inTransaction(async (trx) => {
    await bulkInsert(trx, 'card_values', values)
    await computeCards(trx, await cycleById(cycleId, trx))
  })
  await givenState(cycleId, 'publicity')
  return cycleId
}
