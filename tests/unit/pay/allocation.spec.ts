import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  allocate,
  type AllocationInput,
  type AllocationItem,
} from '#pay/domain/allocation/allocate'
import { readProblem } from '#pay/domain/allocation/items'
import { doubleShares, exactShares } from '#pay/domain/allocation/shares'
import { oracle } from './allocation_oracle.js'

const VECTORS = new URL('../../fixtures/vectors/allocation.json', import.meta.url)
const ROUNDS = Number(process.env.PROOF_ROUNDS ?? 500)

/** Decimal texts of all sizes, many of them equal. */
const weight = fc.oneof(
  fc.constantFrom('0', '1', '1.0', '1.35', '0.95', '2', '100', '33.3333'),
  fc
    .tuple(fc.nat(2_000), fc.nat(9_999))
    .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`),
  fc
    .bigInt(0n, 10n ** 25n)
    .map((big) => `${big / 10n ** 12n}.${String(big % 10n ** 12n).padStart(12, '0')}`)
)
const limits = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat(400), fc.nat(2_000))
      .map(([min, more]) => ({ min, max: min + more })),
  },
  { weight: 1, arbitrary: fc.nat(3_000).map((max) => ({ max })) }
)
const instance: fc.Arbitrary<AllocationInput> = fc
  .array(fc.tuple(weight, limits), { minLength: 1, maxLength: 25 })
  .chain((rows) => {
    const items: AllocationItem[] = rows.map(([text, bounds], index) => ({
      id: `p${String((index * 7) % 100).padStart(2, '0')}`,
      weight: text,
      ...bounds,
    }))
    const least = items.reduce((sum, { min = 0 }) => sum + min, 0)
    return fc
      .oneof(fc.nat(20_000), fc.nat(1_000_000_000_000), fc.nat(30))
      .map((more) => ({ total: least + more, items }))
  })
  .filter(({ items }) => items.some(({ weight: text }) => Number(text) > 0))

test.group('allocation', () => {
  test('the vectors', async ({ assert }) => {
    const { cases } = JSON.parse(await readFile(VECTORS, 'utf8'))
    for (const { expect, unallocated = 0, ...input } of cases) {
      if (expect === 'refused') assert.throws(() => allocate(input))
      else {
        const answer = allocate(input)
        assert.deepEqual({ ...answer.amounts }, expect)
        assert.equal(answer.unallocated, unallocated)
      }
    }
  })

  test('agrees with the oracle; the sum is exact and the limits are kept', ({ assert }) => {
    fc.assert(
      fc.property(instance, (input) => {
        const { amounts, unallocated } = allocate(input)
        const sum = Object.values(amounts).reduce((a, b) => a + b, 0)
        assert.equal(sum + unallocated, input.total)
        for (const { id, weight: text, min = 0, max = null } of input.items) {
          assert.isAtLeast(amounts[id], min)
          if (max !== null) assert.isAtMost(amounts[id], max)
          if (unallocated > 0 && Number(text) > 0) assert.equal(amounts[id], max)
        }
        if (unallocated > 0) return
        for (const [id, amount] of oracle(input)) assert.equal(amounts[id], Number(amount), id)
      }),
      { numRuns: ROUNDS }
    )
  })

  test('doubles and big integers give the same', ({ assert }) => {
    let settled = 0
    fc.assert(
      fc.property(instance, ({ total, items }) => {
        const problem = readProblem(total, items)
        const most = items.reduce((sum, { max }) => sum + (max ?? Infinity), 0)
        const fast = doubleShares(problem)
        if (!fast || most <= total) return
        settled += 1
        const exact = exactShares(problem)
        assert.deepEqual([...fast.wholes], [...exact.wholes])
      }),
      { numRuns: ROUNDS }
    )
    assert.isAbove(settled, ROUNDS / 30)
  })

  test('monotone in weight, independent of order, equal in → at most 1 fen apart', ({ assert }) => {
    fc.assert(
      fc.property(instance, fc.nat(), (input, turn) => {
        const { amounts } = allocate(input)
        const at = turn % input.items.length
        const turned = [...input.items.slice(at), ...input.items.slice(0, at)].reverse()
        assert.deepEqual(allocate({ ...input, items: turned }).amounts, amounts)
        const [one] = input.items
        for (const other of input.items) {
          if (other.min !== one.min || other.max !== one.max) continue
          const gap = amounts[other.id] - amounts[one.id]
          const order = compare(other.weight, one.weight)
          if (order === 0) assert.isAtMost(Math.abs(gap), 1)
          if (order > 0) assert.isAtLeast(gap, 0)
          if (order < 0) assert.isAtMost(gap, 0)
        }
      }),
      { numRuns: ROUNDS }
    )
  })

  test('products beyond 2^53 are divided exactly', ({ assert }) => {
    const items = Array.from({ length: 2_000 }, (_, index) => ({
      id: String(index).padStart(5, '0'),
      weight: `${((index * 7_919) % 1_000) + 1}.${String((index * 104_729) % 1_000_000).padStart(6, '0')}`,
    }))
    const total = 9_007_199_254_740_000
    const { amounts } = allocate({ total, items })
    for (const [id, amount] of oracle({ total, items })) assert.equal(BigInt(amounts[id]), amount)
  })

  test('weights that are worlds apart', ({ assert }) => {
    const items = [
      { id: 'a', weight: '359.1915', min: 399, max: 405 },
      { id: 'b', weight: '0.000000000008' },
    ]
    const { amounts } = allocate({ total: 835_084_056_266, items })
    assert.deepEqual({ ...amounts }, { a: 405, b: 835_084_055_861 })
  })

  test('refusals name the place', ({ assert }) => {
    const item = { id: 'a', weight: '1' }
    const refuse = (input: any, words: RegExp) => assert.throws(() => allocate(input), words)
    refuse({ total: -1, items: [item] }, /total/)
    refuse({ total: 1.5, items: [item] }, /total/)
    refuse({ total: 1, items: [{ id: 'a', weight: 1 }] }, /items\[0\] a: weight/)
    for (const text of ['', '-1', '1e3', '.5', '1.', '1.2.3', '１', ' 1']) {
      refuse({ total: 1, items: [{ id: 'a', weight: text }] }, /items\[0\] a: weight/)
    }
    refuse({ total: 1, items: [item, item] }, /items\[1\] a: named twice/)
    refuse({ total: 9, items: [{ ...item, min: 5, max: 4 }] }, /min 5 is above max 4/)
    refuse({ total: 9, items: [{ ...item, max: 0.5 }] }, /max/)
    refuse({ total: 4, items: [{ ...item, min: 5 }] }, /minimums come to 5/)
    refuse({ total: 4, items: [{ ...item, weight: '0.00' }] }, /weight above 0/)
    assert.deepEqual(allocate({ total: 0, items: [] }), {
      amounts: Object.create(null),
      unallocated: 0,
    })
  })
})

function compare(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => {
    const [whole, part = ''] = text.split('.')
    return BigInt(whole + part.padEnd(20, '0'))
  })
  return one < other ? -1 : one > other ? 1 : 0
}
