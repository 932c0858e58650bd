import type { Client } from '#decisions/queries/client'
import { resultsForPay } from '#performance/queries/results_for_pay'
import type { Rating } from '#performance/domain/codes'
import { DomainError } from '#shared/errors'
import { RATING_FACTOR } from '../domain/items.js'
import type { Book, Input } from '../domain/slip.js'
import type { RunRow } from './runs.js'

/** Names of the dated factors by which a year's rating counts. */
const FACTORS: Record<Rating, string> = {
  excellent: '优秀奖金系数',
  qualified: '合格奖金系数',
  basically_qualified: '基本合格奖金系数',
  unqualified: '不合格奖金系数',
  undetermined: '不确定档次奖金系数',
}

export type Ratings = (personId: number) => Input | undefined

/**
 * 考核等次系数 of a person by the decided annual cycle of the run. Only asked for where a formula
 * reads it; who has no rating has no factor, and the formula says so by name.
 */
export async function ratingsOf(
  run: RunRow,
  { formulas }: Pick<Book, 'formulas'>,
  parameters: Record<string, string>,
  client: Client
): Promise<Ratings> {
  const wanted = [...formulas.values()].some(({ names }) => names.includes(RATING_FACTOR))
  if (!wanted) return () => undefined
  if (!run.cycleId) throw new DomainError('pay.errors.no_cycle')
  const { cycle, decided, results } = await resultsForPay(run.cycleId, client)
  if (cycle.kind !== 'year') throw new DomainError('pay.errors.no_year_cycle')
  if (!decided) throw new DomainError('pay.errors.cycle_open', { cycle: cycle.title })
  const byPerson = new Map(results.map((result) => [result.personId, result]))
  return (personId) => {
    const { rating, cardId, resultVersion } = byPerson.get(personId) ?? {}
    const value = rating && parameters[FACTORS[rating]]
    return value ? { value, source: `rating|${cardId}|${resultVersion}|${rating}` } : undefined
  }
}

/** A formula is tried with everybody rated 合格. */
export function triedRating(parameters: Record<string, string>): Ratings {
  const value = parameters[FACTORS.qualified]
  return () => (value ? { value, source: 'rating|||qualified' } : undefined)
}
