import type { ActiveGrant, Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { Exact } from '#shared/formulas/formula'
import { isVetoed } from '../domain/score.js'
import { suggestedRatings } from '../domain/suggestions.js'
import { cardList } from '../queries/cards.js'
import { quotasOf } from '../queries/cycles.js'
import { changeResult } from './change_result.js'
import { lockCycle } from './lock_cycle.js'

/**
 * Suggests ratings for those who have a score and none yet: the best within the free places as 优秀,
 * the rest by their score. What somebody has rated stays. The own card counts for the places, yet its
 * rating is somebody else's: it gets none here. Returns how many were suggested and whose was left.
 */
export async function suggestRatings(
  input: { cycleId: number; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
): Promise<{ done: number; own: boolean }> {
  return inTransaction(async (client) => {
    await lockCycle(client, input.cycleId, ['calibration'])
    const quotas = await quotasOf(input.cycleId, client)
    const cards = await cardList(
      { cycleId: input.cycleId, outlook: 'graded', units: 'all' },
      client
    )
    const open = cards.filter(({ score, rating }) => score !== null && rating === null)
    let done = 0
    let own = false
    for (const { employmentType, cap, used, base } of quotas) {
      const group = open
        .filter((card) => card.employmentType === employmentType)
        .map((card) => ({ card, score: Exact.from(card.score!), vetoed: isVetoed(card.trace) }))
      const places = Math.max(0, (cap ?? Math.floor(base / 5)) - used)
      for (const { card, rating } of suggestedRatings(group, places)) {
        if (actor.isSelf(card.personId)) {
          own = true
          continue
        }
        await changeResult(client, actor, card, card.version, {
          stage: 'decision',
          rating,
          reason: null,
          grant: input.grant,
        })
        done++
      }
    }
    return { done, own }
  }, trx)
}
