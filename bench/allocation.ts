import { allocate, type AllocationItem } from '../app/pay/domain/allocation/allocate.js'

const COUNT = 200_000
const ROUNDS = 9
const TOTAL = 60_000_000_000

/** Exact allocation of 200,000 shares against a float loop that parses the same strings. */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  const free = items(() => ({}))
  const limited = items((next) => ({ min: 100_000 + next(100_000), max: 250_000 + next(150_000) }))
  const baseline = least(() => floats(free))
  return [
    {
      name: '200,000 shares without limits',
      ratio: least(() => allocate({ total: TOTAL, items: free })) / baseline,
      bar: 10,
    },
    {
      name: '200,000 shares with limits',
      ratio: least(() => allocate({ total: TOTAL, items: limited })) / baseline,
      bar: 10,
    },
  ]
}

function items(limits: (next: (below: number) => number) => object): AllocationItem[] {
  let state = 20_220_701
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  return Array.from({ length: COUNT }, (_, index) => ({
    id: `p${String(index).padStart(6, '0')}`,
    weight: `${1 + next(2)}.${String(next(10_000)).padStart(4, '0')}`,
    ...limits(next),
  }))
}

/** As anybody would write it: the same strings read, the same ids answered. */
function floats(list: readonly AllocationItem[]): Record<string, number> {
  let sum = 0
  for (const { weight } of list) sum += Number.parseFloat(weight)
  const amounts: Record<string, number> = {}
  for (const { id, weight } of list)
    amounts[id] = Math.round((TOTAL * Number.parseFloat(weight)) / sum)
  return amounts
}

function least(work: () => unknown): number {
  let shortest = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    work()
    shortest = Math.min(shortest, performance.now() - started)
  }
  return shortest
}
