import type { AllocationInput } from '#pay/domain/allocation/allocate'

interface Fraction {
  over: bigint
  under: bigint
}

const SCALE = 30

/**
 * The same question answered another way: all levels at which an item reaches a limit, sorted as
 * fractions; the piece on which the sum of the shares meets the total; then largest remainders.
 * Slow, in big integers throughout, and without a word in common with the code.
 */
export function oracle({ total, items }: AllocationInput): Map<string, bigint> {
  const list = items.map(({ id, weight, min = 0, max = null }) => {
    const [whole, part = ''] = weight.split('.')
    return {
      id,
      weight: BigInt(whole + part.padEnd(SCALE, '0')),
      min: BigInt(min),
      max: max === null ? null : BigInt(max),
    }
  })
  const sumAt = (level: Fraction) =>
    list.reduce((sum, item) => sum + clamp(level.over * item.weight, item, level.under), 0n)
  const levels: Fraction[] = [{ over: 0n, under: 1n }]
  for (const { weight, min, max } of list) {
    if (weight === 0n) continue
    levels.push({ over: min, under: weight })
    if (max !== null) levels.push({ over: max, under: weight })
  }
  levels.sort((a, b) => (a.over * b.under < b.over * a.under ? -1 : 1))
  const wanted = BigInt(total)
  const below = levels.findLast((level) => sumAt(level) <= wanted * level.under)!
  let rest = wanted
  let sum = 0n
  const free = new Set<string>()
  const shares = new Map<string, Fraction>()
  for (const item of list) {
    const at = below.over * item.weight
    if (
      item.weight > 0n &&
      at >= item.min * below.under &&
      (item.max === null || at < item.max * below.under)
    ) {
      free.add(item.id)
      sum += item.weight
    } else {
      const fixed = clamp(at, item, below.under) / below.under
      shares.set(item.id, { over: fixed, under: 1n })
      rest -= fixed
    }
  }
  for (const { id, weight } of list)
    if (free.has(id)) shares.set(id, { over: rest * weight, under: sum })
  const amounts = new Map([...shares].map(([id, { over, under }]) => [id, over / under]))
  let left = wanted - [...amounts.values()].reduce((a, b) => a + b, 0n)
  const order = [...free].sort((a, b) => {
    const one = shares.get(a)!.over % sum
    const other = shares.get(b)!.over % sum
    return one === other ? (a < b ? -1 : 1) : one > other ? -1 : 1
  })
  for (const id of order) {
    if (left <= 0n) break
    amounts.set(id, amounts.get(id)! + 1n)
    left -= 1n
  }
  return amounts
}

function clamp(value: bigint, { min, max }: { min: bigint; max: bigint | null }, under: bigint) {
  if (value < min * under) return min * under
  return max !== null && value > max * under ? max * under : value
}
