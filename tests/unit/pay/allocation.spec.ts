import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  allocate,
  type AllocationInput,
  type AllocationItem,
} from '#pay/domain/allocation/allocate'
import { readProblem } from '#pay/domain/allocation/items'
import { doubleShares } from '#pay/domain/allocation/shares'
import { oracle } from './allocation_oracle.js'

const VECTORS = new URL('../../fixtures/vectors/allocation.json', import.meta.url)
const ROUNDS = Number(process.env.PROOF_ROUNDS ?? 500)

/** Decimal texts as they are paid by, many of them equal; of fifteen digits; of any size. */
const plain = fc.oneof(
  fc.constantFrom('0', '1', '1.0', '1.35', '0.95', '2', '100', '33.3333'),
  fc
    .tuple(fc.nat(2_000), fc.nat(9_999))
    .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`)
)
const long = fc.nat(8_000_000_000).map((whole) => `${whole}.${String(whole % 9_973)}`)
const huge = fc
  .bigInt(0n, 10n ** 25n)
  .map((big) => `${big / 10n ** 12n}.${String(big % 10n ** 12n).padStart(12, '0')}`)
const weights = fc.constantFrom(plain, plain, fc.oneof(plain, long), fc.oneof(plain, huge))
const limits: fc.Arbitrary<{ min?: number; max?: number }> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat(400), fc.nat(2_000))
      .map(([min, more]) => ({ min, max: min + more })),
  },
  { weight: 1, arbitrary: fc.nat(3_000).map((max) => ({ max })) },
  { weight: 1, arbitrary: fc.nat(400).map((min) => ({ min })) }
)
/** Limits and totals in fen, or so large that products leave what doubles hold exactly. */
const instance: fc.Arbitrary<AllocationInput> = fc
  .tuple(weights, fc.constantFrom(1, 1, 100_000_000_003))
  .chain(([weight, unit]) =>
    fc.array(fc.tuple(weight, limits), { minLength: 1, maxLength: 25 }).chain((rows) => {
      const items: AllocationItem[] = rows.map(([text, { min, max }], index) => ({
        id: `p${String((index * 7) % 100).padStart(2, '0')}`,
        weight: text,
        ...(min !== undefined && { min: min * unit }),
        ...(max !== undefined && { max: max * unit }),
      }))
      const least = items.reduce((sum, { min = 0 }) => sum + min, 0)
      return fc
        .oneof(fc.nat(20_000 * unit), fc.nat(1_000_000_000_000), fc.nat(30))
        .map((more) => ({ total: least + more, items }))
    })
  )
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

  test('zeros at the end of a weight change nothing, though big integers are needed then', ({
    assert,
  }) => {
    let quick = 0
    fc.assert(
      fc.property(instance, ({ total, items }) => {
        const longer = items.map((item) => ({ ...item, weight: padded(item.weight) }))
        const problem = readProblem(total, longer)
        assert.isFalse(problem.weights instanceof Float64Array)
        const answer = allocate({ total, items })
        assert.deepEqual(allocate({ total, items: longer }), answer)
        if (answer.unallocated === 0 && doubleShares(readProblem(total, items))) quick += 1
      }),
      { numRuns: ROUNDS }
    )
    assert.isAbove(quick, ROUNDS / 2)
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

  test('a share at the very edge of a whole fen: whole and remainder are exact', ({ assert }) => {
    // prime: every remainder, also one above and one below a whole, can be asked for
    const sum = 1_000_000_000_039n
    const edge = fc.tuple(fc.bigInt(2n, sum - 2n), fc.bigInt(0n, 9_000n), fc.bigInt(-2n, 2n))
    fc.assert(
      fc.property(edge, ([one, times, near]) => {
        const total = (((near + sum) * power(one, sum - 2n, sum)) % sum) + times * sum
        const texts = [one, sum - one]
        const items = texts.map((text, index) => ({ id: `p${index}`, weight: String(text) }))
        const shares = doubleShares(readProblem(Number(total), items))!
        for (const [index, text] of texts.entries()) {
          assert.equal(BigInt(shares.wholes[index]), (total * text) / sum)
          assert.equal(BigInt(shares.remainders[index] as number), (total * text) % sum)
        }
      }),
      { numRuns: ROUNDS }
    )
  })

  test('a share and its limit within the same fen: the maximum is kept, the minimum no ceiling', ({
    assert,
  }) => {
    const both = (total: number, items: AllocationItem[]) => {
      const { amounts } = allocate({ total, items })
      const longer = items.map((item) => ({ ...item, weight: padded(item.weight) }))
      assert.deepEqual(allocate({ total, items: longer }).amounts, amounts)
      return { ...amounts }
    }
    // 3.5 each
    assert.deepEqual(
      both(7, [
        { id: 'a', weight: '1', max: 3 },
        { id: 'b', weight: '1' },
      ]),
      { a: 3, b: 4 }
    )
    // c has 3.9 and is lifted to 4; a goes on with 3.9 above its minimum of 3
    assert.deepEqual(
      both(398, [
        { id: 'a', weight: '1', min: 3 },
        { id: 'b', weight: '100' },
        { id: 'c', weight: '1', min: 4 },
      ]),
      { a: 4, b: 390, c: 4 }
    )
  })

  test('everybody at the maximum: who has no weight keeps the minimum, the rest is left', ({
    assert,
  }) => {
    const items = [
      { id: 'a', weight: '1', min: 10, max: 100 },
      { id: 'b', weight: '0', min: 20, max: 90 },
      { id: 'c', weight: '0.00' },
    ]
    const { amounts, unallocated } = allocate({ total: 300, items })
    assert.deepEqual([{ ...amounts }, unallocated], [{ a: 100, b: 20, c: 0 }, 180])
    const just = allocate({ total: 120, items })
    assert.deepEqual([{ ...just.amounts }, just.unallocated], [{ a: 100, b: 20, c: 0 }, 0])
  })

  test('the quick way frees again who comes back between the limits', ({ assert }) => {
    const items = [
      { id: 'a', weight: '1', min: 3_000 },
      { id: 'b', weight: '1' },
      { id: 'c', weight: '8', max: 7_000 },
    ]
    // a and c are fixed at first, which leaves b nothing; then c is not at its maximum at all
    const shares = doubleShares(readProblem(10_000, items))!
    assert.deepEqual([...shares.wholes], [3_000, 777, 6_222])
    assert.deepEqual([...shares.remainders], [0, 7, 2])
    assert.deepEqual(
      { ...allocate({ total: 10_000, items }).amounts },
      { a: 3_000, b: 778, c: 6_222 }
    )
  })

  test('the quick way gives up where both limits take more than there is', ({ assert }) => {
    const items = [
      { id: 'a', weight: '1', min: 6_000 },
      { id: 'b', weight: '1' },
      { id: 'c', weight: '8', max: 7_000 },
    ]
    assert.isNull(doubleShares(readProblem(10_000, items)))
    // the same far beyond what doubles could take off one by one
    const far = [
      { id: 'a', weight: '1', min: 6_000_000_000_000 },
      { id: 'b', weight: '7' },
      { id: 'c', weight: '1234567890123457', max: 7_000_000_000_000 },
    ]
    assert.isNull(doubleShares(readProblem(10_000_000_000_000, far)))
    // everybody at a limit, and 100 of 10,100 still to give
    const bound = [
      { id: 'a', weight: '1', min: 2_000 },
      { id: 'b', weight: '9', max: 8_000 },
    ]
    assert.isNull(doubleShares(readProblem(10_100, bound)))
    assert.deepEqual(
      { ...allocate({ total: 10_100, items: bound }).amounts },
      { a: 2_100, b: 8_000 }
    )
  })

  test('one more at the maximum in every round: the quick way gives up, the answer stands', ({
    assert,
  }) => {
    const total = 1_000_000 * (2 ** 30 - 1)
    const items: AllocationItem[] = []
    let rest = total
    for (let weight = 2 ** 29; weight >= 1; weight /= 2) {
      // a little under what the level of those who are left would give
      const max = Math.floor(weight * (rest / (2 * weight - 1) - 1_000))
      items.push({ id: `w${weight}`, weight: String(weight), max: weight > 1 ? max : null })
      if (weight > 1) rest -= max
    }
    assert.isNull(doubleShares(readProblem(total, items)))
    const { amounts } = allocate({ total, items })
    for (const { id, max } of items) assert.equal(amounts[id], max ?? rest)
  })

  test('the last fen: the larger remainder first, then the smaller id, in whatever order', ({
    assert,
  }) => {
    const items = [
      { id: 'c', weight: '3' },
      { id: 'a', weight: '3' },
      { id: 'd', weight: '4' },
      { id: 'b', weight: '3' },
    ]
    const share = (total: number) => ({ ...allocate({ total, items }).amounts })
    assert.deepEqual(share(1), { a: 0, b: 0, c: 0, d: 1 })
    assert.deepEqual(share(2), { a: 1, b: 0, c: 0, d: 1 })
    assert.deepEqual(share(3), { a: 1, b: 1, c: 0, d: 1 })
    assert.deepEqual(share(4), { a: 1, b: 1, c: 1, d: 1 })
    assert.deepEqual(share(5), { a: 1, b: 1, c: 1, d: 2 })
  })

  test('weights that are worlds apart', ({ assert }) => {
    const items = [
      { id: 'a', weight: '359.1915', min: 399, max: 405 },
      { id: 'b', weight: '0.000000000008' },
    ]
    const { amounts } = allocate({ total: 835_084_056_266, items })
    assert.deepEqual({ ...amounts }, { a: 405, b: 835_084_055_861 })
  })
})

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (exponent === 0n) return 1n
  const half = power((base * base) % modulus, exponent / 2n, modulus)
  return exponent % 2n === 0n ? half : (half * base) % modulus
}

/** The same number in so many digits that doubles do not hold it. */
const padded = (weight: string) =>
  `${weight.includes('.') ? weight : `${weight}.`}${'0'.repeat(30)}`

function compare(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => {
    const [whole, part = ''] = text.split('.')
    return BigInt(whole + part.padEnd(20, '0'))
  })
  return one < other ? -1 : one > other ? 1 : 0
}
