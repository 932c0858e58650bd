import { Exact } from '#shared/formulas/formula'

/** Factors of the value of a post (要素计点法) with their weight in points. */
export const FACTORS = {
  responsibility: 30,
  skill: 25,
  effort: 20,
  conditions: 10,
  contribution: 15,
} as const
export type Factor = keyof typeof FACTORS
export const FACTOR_NAMES = Object.keys(FACTORS) as Factor[]
/** Levels of a factor, 1 to 5. */
export const HIGHEST_LEVEL = 5
/** A post with the lowest level everywhere has this coefficient, one with the highest that. */
const LOWEST_COEFFICIENT = Exact.from('0.80')
const RANGE = Exact.from('0.90')

export type Levels = Record<Factor, number>

/** Points of a post out of 100: the share of each factor's weight that its level takes. */
export function pointsOf(levels: Levels): Exact {
  return Exact.sum(
    FACTOR_NAMES.map((factor) =>
      Exact.from(FACTORS[factor] * (levels[factor] - 1)).dividedBy(Exact.from(HIGHEST_LEVEL - 1))
    )
  )
}

/** 0.80 at no points, 1.70 at 100, in a straight line, to two decimals. */
export function coefficientOf(levels: Levels): string {
  return LOWEST_COEFFICIENT.plus(pointsOf(levels).times(RANGE).dividedBy(Exact.from(100))).toFixed(
    2
  )
}

export function areLevels(levels: Partial<Levels>): levels is Levels {
  return FACTOR_NAMES.every((factor) => {
    const level = levels[factor]
    return Number.isInteger(level) && level! >= 1 && level! <= HIGHEST_LEVEL
  })
}
