import { readProblem, type AllocationItem, type Problem } from './items.js'
import { doubleShares, exactShares, type Shares } from './shares.js'

export type { AllocationItem } from './items.js'

export interface AllocationInput {
  /** Fen. */
  total: number
  items: readonly AllocationItem[]
}

export interface Allocation {
  amounts: Record<string, number>
  /** More than 0 only when every item of positive weight is at its maximum. */
  unallocated: number
}

/**
 * Shares a total out in proportion to weights within limits, to the fen: the level λ with
 * Σ clamp(λ·weight, min, max) = total, then the largest remainders, equal ones to the smaller id.
 * The order of the items does not matter. Throws an Error that names the place.
 */
export function allocate({ total, items }: AllocationInput): Allocation {
  const problem = readProblem(total, items)
  const { least, most, positive } = bounds(problem)
  if (least > total) throw new Error(`the minimums come to ${least}, the total is ${total}`)
  if (total > 0 && !positive) throw new Error('no item has a weight above 0')
  if (most <= total) return { amounts: named(problem, atMost(problem)), unallocated: total - most }
  const shares = doubleShares(problem) ?? exactShares(problem)
  return { amounts: named(problem, rounded(problem, shares)), unallocated: 0 }
}

function bounds({ weights, mins, maxs }: Problem) {
  let least = 0
  let most = 0
  let positive = false
  for (const [index, min] of mins.entries()) {
    const shares = weights[index] > 0
    positive ||= shares
    least += min
    most += shares ? maxs[index] : min
  }
  return { least, most, positive }
}

const atMost = ({ weights, mins, maxs }: Problem) =>
  mins.map((min, index) => (weights[index] > 0 ? maxs[index] : min))

/** What the whole fen leave over goes, one each, to the largest remainders. */
function rounded({ total, ids }: Problem, { wholes, remainders }: Shares): Float64Array {
  let left = total
  for (const whole of wholes) left -= whole
  if (left === 0) return wholes
  const last = nthLargest(remainders, left)
  const tied: number[] = []
  for (let index = 0; index < wholes.length; index++) {
    if (remainders[index] > last) {
      wholes[index] += 1
      left -= 1
    } else if (remainders[index] === last) tied.push(index)
  }
  tied.sort((a, b) => (ids[a] < ids[b] ? -1 : 1))
  for (let place = 0; place < left; place++) wholes[tied[place]] += 1
  return wholes
}

function nthLargest(remainders: Float64Array | bigint[], nth: number): number | bigint {
  const sorted =
    remainders instanceof Float64Array
      ? remainders.slice().sort()
      : remainders.slice().sort((a, b) => (a < b ? -1 : 1))
  return sorted[sorted.length - nth]
}

function named({ ids }: Problem, amounts: Float64Array): Record<string, number> {
  const result: Record<string, number> = Object.create(null)
  for (const [index, id] of ids.entries()) {
    if (id in result) throw new Error(`items[${index}] ${id}: named twice`)
    result[id] = amounts[index]
  }
  return result
}
