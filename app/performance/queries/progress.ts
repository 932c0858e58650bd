import { WEIGHTED } from '../domain/codes.js'
import { cardList } from './cards.js'
import { cycleById } from './cycles.js'
import { schemesByIds } from './schemes.js'
import { reaches, scorersOf, scoringsOf, type ScorerRow } from './scorings.js'

export interface ScorerProgress extends ScorerRow {
  /** People in reach, without oneself. */
  total: number
  /** Complete, handed in or not. */
  done: number
  submitted: number
}

/** How far every scorer of a cycle is. */
export async function progressOf(cycleId: number): Promise<ScorerProgress[]> {
  const scorers = await scorersOf(cycleId)
  const cards = await cardList({ cycleId, outlook: 'graded', units: 'all' })
  const { period } = await cycleById(cycleId)
  const wanted = await wantedIndicators(
    cards.flatMap(({ schemeId }) => schemeId ?? []),
    period.from
  )
  const given = await scoringsOf(cards.map(({ id }) => id))
  const byScorer = Map.groupBy(given, ({ userId }) => userId)
  return scorers.map((scorer) => {
    const mine = cards.filter((card) => reaches(scorer, card) && card.personId !== scorer.personId)
    const own = new Map((byScorer.get(scorer.userId) ?? []).map((row) => [row.cardId, row]))
    const complete = mine.filter((card) => {
      const scores = own.get(card.id)?.scores
      const ids = wanted.get(card.schemeId ?? 0) ?? []
      return scores !== undefined && ids.every((id) => id in scores)
    })
    const submitted = mine.filter((card) => own.get(card.id)?.state === 'submitted')
    return {
      ...scorer,
      total: mine.length,
      done: complete.length,
      submitted: submitted.length,
    }
  })
}

/** Scheme → the indicators that a scorer must fill in. */
export async function wantedIndicators(
  schemeIds: number[],
  date: string
): Promise<Map<number, number[]>> {
  const schemes = await schemesByIds([...new Set(schemeIds)], date)
  return new Map(
    [...schemes].map(([id, { items }]) => [
      id,
      items
        .filter(({ source, kind }) => source === 'entered' && WEIGHTED.includes(kind))
        .map(({ indicatorId }) => indicatorId),
    ])
  )
}
