import type { Problem } from './items.js'

/** Whole fen of each share and what is left of it, all over the same denominator. */
export interface Shares {
  wholes: Float64Array
  remainders: Float64Array | bigint[]
}

const MAX_ROUNDS = 24
const PLAIN = 2 ** 53
const SPLITTER = 2 ** 27 + 1

/**
 * Shares in doubles that hold whole numbers, or null when this way does not settle. Everybody
 * begins between the limits; who leaves them at the level found is fixed there, who comes back is
 * freed, until nobody changes. Then each share is proved: inside the limits at the level, or at a
 * limit that the level does not reach; there is only one such answer.
 */
export function doubleShares({ total, weights, mins, maxs }: Problem): Shares | null {
  if (!(weights instanceof Float64Array)) return null
  const count = weights.length
  const sides = new Int8Array(count)
  const wholes = new Float64Array(count)
  const remainders = new Float64Array(count)
  const division = { whole: 0, rest: 0 }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let rest = total
    let sum = 0
    for (let index = 0; index < count; index++) {
      if (sides[index] === 0) sum += weights[index]
      else rest -= sides[index] < 0 ? mins[index] : maxs[index]
    }
    if (rest < 0 || sum === 0) return null
    const divide = divider(rest, sum)
    let changed = false
    for (let index = 0; index < count; index++) {
      divide(weights[index], division)
      const { whole } = division
      const side = whole < mins[index] ? -1 : whole >= maxs[index] ? 1 : 0
      if (side !== sides[index]) {
        sides[index] = side
        changed = true
      }
      wholes[index] = side === 0 ? whole : side < 0 ? mins[index] : maxs[index]
      remainders[index] = side === 0 ? division.rest : 0
    }
    if (!changed) return { wholes, remainders }
  }
  return null
}

interface Division {
  whole: number
  rest: number
}

/**
 * Divides `rest · weight` by `sum` into whole and remainder, exactly. Products may be above 2^53:
 * each is the sum of two doubles (Dekker); their difference is small and therefore exact again.
 */
function divider(rest: number, sum: number) {
  const restHigh = high(rest)
  const restLow = rest - restHigh
  const sumHigh = high(sum)
  const sumLow = sum - sumHigh
  return (weight: number, into: Division) => {
    const product = rest * weight
    let whole = Math.floor(product / sum)
    let left = 0
    // above it is beyond every limit: only an item that is fixed there can come to it
    if (whole < PLAIN) {
      const back = whole * sum
      const weightHigh = high(weight)
      const wholeHigh = high(whole)
      const lost = tail(product, restHigh, restLow, weightHigh, weight - weightHigh)
      left = product - back + (lost - tail(back, wholeHigh, whole - wholeHigh, sumHigh, sumLow))
    }
    while (left < 0) {
      whole -= 1
      left += sum
    }
    while (left >= sum) {
      whole += 1
      left -= sum
    }
    into.whole = whole
    into.rest = left
  }
}

/** The upper half of a double's digits. */
function high(value: number): number {
  const wide = value * SPLITTER
  return wide - (wide - value)
}

/** What rounding took from a product of two doubles given in halves. */
function tail(product: number, ah: number, al: number, bh: number, bl: number): number {
  return ah * bh - product + ah * bl + al * bh + al * bl
}

/**
 * The rule as it is written, in big integers: all at the level of the free ones; of those that
 * leave their limits only the side whose violation is the larger is fixed; again until none does.
 * The limits must leave room for the total: `allocate` has seen to it.
 */
export function exactShares(problem: Problem): Shares {
  const { mins, maxs } = problem
  const count = mins.length
  const wholes = new Float64Array(count)
  const remainders = new Array<bigint>(count).fill(0n)
  const weights = Array.from(problem.weights as Iterable<number | bigint>, BigInt)
  let free = Array.from({ length: count }, (_, index) => index)
  let rest = BigInt(problem.total)
  for (;;) {
    const sum = free.reduce((total, index) => total + weights[index], 0n)
    let below = 0n
    let above = 0n
    for (const index of free) {
      const share = rest * weights[index]
      const low = BigInt(mins[index]) * sum - share
      if (low > 0n) below += low
      if (maxs[index] !== Infinity) {
        const over = share - BigInt(maxs[index]) * sum
        if (over > 0n) above += over
      }
      wholes[index] = Number(share / sum)
      remainders[index] = share % sum
    }
    if (below === 0n && above === 0n) return { wholes, remainders }
    const fixesMinimum = below >= above
    const still: number[] = []
    let taken = 0n
    for (const index of free) {
      const limit = fixesMinimum ? mins[index] : maxs[index]
      if (fixesMinimum ? wholes[index] < limit : wholes[index] >= limit) {
        wholes[index] = limit
        remainders[index] = 0n
        taken += BigInt(limit)
      } else still.push(index)
    }
    rest -= taken
    free = still
  }
}
