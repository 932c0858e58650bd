import { Exact } from '#shared/formulas/formula'
import type { Rating } from './codes.js'

const PASS = Exact.from(60)
const GOOD = Exact.from(85)

/**
 * The best scores within the places as 优秀, when they are good at all; people with the score of
 * the last place who do not all fit get none, for a suggestion does not choose among equals.
 */
export function suggestedRatings<Card extends { score: Exact }>(
  cards: readonly Card[],
  places: number
): Array<Card & { rating: Rating }> {
  const sorted = [...cards].sort((a, b) => b.score.compare(a.score))
  const line = sorted[places]?.score ?? null
  return sorted.map((card, index) => {
    const within = index < places && (line === null || card.score.compare(line) > 0)
    const rating: Rating =
      within && card.score.compare(GOOD) >= 0
        ? 'excellent'
        : card.score.compare(PASS) >= 0
          ? 'qualified'
          : 'basically_qualified'
    return { ...card, rating }
  })
}
