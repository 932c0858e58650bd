import { RESULT_STATES } from '../domain/cycle_states.js'
import { cardsOfPerson, type CardRow } from './cards.js'
import { cycleById, type CycleRow } from './cycles.js'

export interface RegularResult {
  card: CardRow
  cycle: CycleRow
}

/**
 * What the regular reviews of a year came to, in whatever unit the person was then: they inform the
 * year's (art. 24), and so does the former unit of who moved (art. 37). Newest first; none for a
 * regular review itself.
 */
export async function regularResults(card: CardRow, year: CycleRow): Promise<RegularResult[]> {
  if (year.kind !== 'year') return []
  const { from, to } = year.period
  const results: RegularResult[] = []
  for (const one of await cardsOfPerson(card.personId)) {
    const cycle = await cycleById(one.cycleId)
    const within = cycle.period.from >= from && cycle.period.to <= to
    if (cycle.kind !== 'year' && within && RESULT_STATES.includes(cycle.state)) {
      results.push({ card: one, cycle })
    }
  }
  return results
}
