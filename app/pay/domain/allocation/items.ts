export interface AllocationItem {
  id: string
  /** Exact decimal text, not negative: `1.3`. */
  weight: string
  /** Fen; 0 and no maximum when left out. */
  min?: number
  max?: number | null
}

/** Weights scaled by one power of ten to whole numbers, limits filled in. */
export interface Problem {
  total: number
  ids: readonly string[]
  /** Doubles that hold whole numbers when they and their sum are small enough to stay exact. */
  weights: Float64Array | bigint[]
  mins: Float64Array
  /** Infinity: no maximum. */
  maxs: Float64Array
}

/** Below it product, quotient and remainder of doubles are computed exactly (see shares.ts). */
const SAFE_SUM = 2 ** 51
const MAX_LENGTH = 60
const EXACT_DIGITS = 15

/** Reads an instance; throws an Error that names the place. */
export function readProblem(total: number, items: readonly AllocationItem[]): Problem {
  if (!Number.isSafeInteger(total) || total < 0) throw new Error('total: not an amount of fen')
  if (!Array.isArray(items)) throw new Error('items: not a list')
  const count = items.length
  const ids: string[] = []
  const mins = new Float64Array(count)
  const maxs = new Float64Array(count)
  const digits = new Float64Array(count)
  const places = new Uint8Array(count)
  for (let index = 0; index < count; index++) {
    const { id, weight, min = 0, max = null } = items[index] ?? {}
    if (typeof id !== 'string' || id === '') throw new Error(`items[${index}]: no id`)
    if (!isAmount(min)) throw new Error(`items[${index}] ${id}: min is not an amount of fen`)
    if (max !== null && !isAmount(max)) {
      throw new Error(`items[${index}] ${id}: max is not an amount of fen`)
    }
    ids.push(id)
    mins[index] = min
    maxs[index] = max ?? Infinity
    if (mins[index] > maxs[index]) {
      throw new Error(`items[${index}] ${id}: min ${min} is above max ${max}`)
    }
    places[index] = decimalPlaces(weight, index, id)
    digits[index] = weight.length > EXACT_DIGITS ? Infinity : Number(weight)
  }
  return { total, ids, weights: scaled(items, digits, places), mins, maxs }
}

/** All weights times the same power of ten. */
function scaled(items: readonly AllocationItem[], values: Float64Array, places: Uint8Array) {
  const most = places.reduce((a, b) => Math.max(a, b), 0)
  const factor = 10 ** most
  let sum = 0
  const weights = values.map((value) => {
    // at most 15 digits: the nearest whole number is the exact one
    const weight = Math.round(value * factor)
    sum += weight
    return weight
  })
  if (sum < SAFE_SUM) return weights
  return items.map(({ weight }, index) => {
    const whole = BigInt(weight.replace('.', ''))
    return whole * 10n ** BigInt(most - places[index])
  })
}

/** Checks the text of a weight, character by character, and counts what stands after the point. */
function decimalPlaces(text: unknown, index: number, id: string): number {
  let point = -1
  if (typeof text === 'string' && text.length > 0 && text.length <= MAX_LENGTH) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 46 && point < 0 && at > 0 && at < text.length - 1) point = at
      else if (code < 48 || code > 57) return refuse(text, index, id)
    }
    return point < 0 ? 0 : text.length - point - 1
  }
  return refuse(text, index, id)
}

function refuse(text: unknown, index: number, id: string): never {
  const shown = JSON.stringify(text)?.slice(0, 40)
  throw new Error(`items[${index}] ${id}: weight ${shown} is no decimal text of 0 or more`)
}

function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
