import { Exact } from '#shared/formulas/formula'
import type { Rating } from './codes.js'

const PASS = Exact.from(60)
const GOOD = Exact.from(85)

/**
 * The best scores within the places as 优秀, when they are good at all and no veto speaks against
 * them; people with the score of the last place who do not all fit get none, for a suggestion does
 * not choose among equals.
 */
export function suggestedRatings<Card extends { score: Exact; vetoed: boolean }>(
  cards: readonly Card[],
  places: number
): Array<Card & { rating: Rating }> {
  const sorted = [...cards].sort((a, b) => b.score.compare(a.score))
  const contenders = sorted.filter(({ vetoed }) => !vetoed)
  const line = contenders[places]?.score ?? null
  const first = new Set(contenders.slice(0, places))
  return sorted.map((card) => {
    const within = first.has(card) && (line === null || card.score.compare(line) > 0)
    const rating: Rating =
      within && card.score.compare(GOOD) >= 0
        ? 'excellent'
        : card.score.compare(PASS) >= 0
          ? 'qualified'
          : 'basically_qualified'
    return { ...card, rating }
  })
}
