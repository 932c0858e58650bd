/** How a value earns the points of its indicator. All figures are whole hundredths. */
export const RULES = ['at_least', 'at_most', 'reached'] as const
export type Rule = (typeof RULES)[number]

export const FULL_SCORE = 100_00

export interface Scored {
  rule: Rule
  target: number
  weight: number
}

/**
 * `at_least`: in proportion up to the target; `at_most`: full up to the target, above it in
 * inverse proportion; `reached`: all or nothing. Rounded half up, never above the weight.
 */
export function scoreOf({ rule, target, weight }: Scored, actual: number): number {
  const met = rule === 'at_most' ? actual <= target : actual >= target
  if (met) return weight
  if (rule === 'reached' || actual <= 0) return 0
  return rule === 'at_least' ? share(weight, actual, target) : share(weight, target, actual)
}

export interface Cell {
  applies: boolean
  weight: number
  /** Null: its value is missing. */
  score: number | null
}

/**
 * Points of 100 over the indicators that apply; null while a value is missing or nothing applies.
 */
export function baseOf(cells: readonly Cell[]): number | null {
  const applied = cells.filter(({ applies }) => applies)
  if (!applied.length || applied.some(({ score }) => score === null)) return null
  const sum = (pick: (cell: Cell) => number) => applied.reduce((all, cell) => all + pick(cell), 0)
  return share(
    FULL_SCORE,
    sum(({ score }) => score!),
    sum(({ weight }) => weight)
  )
}

export interface Cards {
  yellow: number
  red: number
}

/** What the cards leave of the points, never below zero. */
export function afterCards(base: number | null, cards: Cards, points: Cards): number | null {
  if (base === null) return null
  return Math.max(0, base - cards.yellow * points.yellow - cards.red * points.red)
}

export interface Value {
  indicatorId: number
  applies: boolean
  actual: number | null
}

/** What a value earns; null while it is missing or when it does not apply. */
export function pointsOf(indicator: Scored, value: Value): number | null {
  return value.applies && value.actual !== null ? scoreOf(indicator, value.actual) : null
}

/** A unit's points before and after its cards, from its values. */
export function totalsOf(
  points: Cards,
  indicators: readonly (Scored & { id: number })[],
  result: Cards & { scores: readonly Value[] }
): { base: number | null; score: number | null } {
  const base = baseOf(
    indicators.map((indicator) => {
      const value = result.scores.find(({ indicatorId }) => indicatorId === indicator.id)!
      const { weight } = indicator
      return { applies: value.applies, weight, score: pointsOf(indicator, value) }
    })
  )
  return { base, score: afterCards(base, result, points) }
}

/** Place of each, the best first; equal scores share a place. Null stays without one. */
export function ranksOf(scores: readonly (number | null)[]): (number | null)[] {
  return scores.map((score) =>
    score === null ? null : 1 + scores.filter((other) => other !== null && other > score).length
  )
}

/** `whole × part ⁄ of`, rounded half up, exact for every figure that a column holds. */
function share(whole: number, part: number, of: number): number {
  const divisor = BigInt(of)
  return Number((BigInt(whole) * BigInt(part) * 2n + divisor) / (divisor * 2n))
}
