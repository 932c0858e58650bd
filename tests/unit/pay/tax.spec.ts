import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { bonusTaxOf, cumulativeTax, withhold, type TaxMonth } from '#pay/domain/tax'

const VECTORS = new URL('../../fixtures/vectors/tax.json', import.meta.url)

test.group('wage tax', () => {
  test('the published examples', async ({ assert }) => {
    const { cases } = JSON.parse(await readFile(VECTORS, 'utf8'))
    for (const { expect, ...input } of cases) assert.deepEqual(withhold(input).withheld, expect)
  })

  test('the three ways of the standard deduction', ({ assert }) => {
    const months = [{ income: 1_000_000 }, { income: 1_000_000 }]
    assert.deepEqual(withhold({ startMonth: 7, months }).withheld, [15_000, 15_000])
    // from January: 7 × 5,000 are deducted in July at once
    assert.deepEqual(
      withhold({ startMonth: 7, standardDeduction: 'fromJanuary', months }).withheld,
      [0, 0]
    )
    // 40,000 a month: 5,000 taxable in July, 40,000 in August, in the second bracket
    const high = [{ income: 4_000_000 }, { income: 4_000_000 }]
    assert.deepEqual(
      withhold({ startMonth: 7, standardDeduction: 'fromJanuary', months: high }).withheld,
      [15_000, 133_000]
    )
    assert.deepEqual(
      withhold({ standardDeduction: 'full', months: Array(7).fill(months[0]) }).withheld,
      [0, 0, 0, 0, 0, 0, 30_000]
    )
  })

  test('a year-end bonus apart, or as income of its month', ({ assert }) => {
    const months = [{ income: 500_000 }, { income: 500_000 }]
    const apart = withhold({ months, yearEndBonus: { amount: 3_600_100, month: 2, apart: true } })
    assert.deepEqual(apart, { withheld: [0, 0], bonusWithheld: 360_010 - 21_000 })
    assert.deepEqual(bonusTaxOf(3_600_000), { percent: 3, quick: 0, tax: 108_000 })
    const within = withhold({ months, yearEndBonus: { amount: 3_600_000, month: 2, apart: false } })
    assert.deepEqual(within, { withheld: [0, 108_000] })
  })

  test('exempt income and every deduction lower what is taxed, each by itself', ({ assert }) => {
    const month = { income: 2_000_000, exempt: 10_000, insurance: 200_000, additional: 3_000 }
    const taxed = cumulativeTax({}, [{ ...month, other: 40_000 }, { income: 1_000_000 }])
    assert.deepEqual(taxed, {
      income: 3_000_000,
      exempt: 10_000,
      standard: 1_000_000,
      insurance: 200_000,
      additional: 3_000,
      other: 40_000,
      taxable: 1_747_000,
      percent: 3,
      quick: 0,
      tax: 52_410,
    })
  })

  test('a bracket ends with its last fen; half a fen is rounded up', ({ assert }) => {
    const year = (taxable: number) => cumulativeTax({}, [{ income: 500_000 + taxable }])
    assert.deepInclude(year(3_600_000), { percent: 3, tax: 108_000 })
    assert.deepInclude(year(3_600_004), { percent: 10, tax: 108_000 })
    assert.deepInclude(year(3_600_005), { percent: 10, tax: 108_001 })
    assert.deepInclude(year(16), { tax: 0 })
    assert.deepInclude(year(50), { tax: 2 })
  })

  test('never below zero; what was withheld too much counts later', ({ assert }) => {
    const months = [{ income: 2_000_000 }, { income: 0 }, { income: 2_000_000 }]
    assert.deepEqual(withhold({ months }).withheld, [45_000, 0, 30_000])
  })

  test('refusals name the place', ({ assert }) => {
    const months = [{ income: 1 }]
    const refuse = (input: any, words: RegExp) => assert.throws(() => withhold(input), words)
    refuse({ months: [{ income: 1.5 }] }, /months\[0\]\.income/)
    refuse({ months: [{}] }, /months\[0\]\.income/)
    refuse({ months: [{ income: 1, other: -1 }] }, /months\[0\]\.other/)
    refuse({ months: [...months, null] }, /months\[1\]\.income/)
    refuse({ months: null }, /months/)
    for (const startMonth of [13, 0, -1, 1.5, '1']) refuse({ startMonth, months }, /startMonth/)
    refuse({ startMonth: 12, months: [...months, ...months] }, /December/)
    refuse({ standardDeduction: 'weekly', months }, /standardDeduction: monthly, fromJanuary, full/)
    refuse({ months, yearEndBonus: { amount: -1, month: 1, apart: true } }, /yearEndBonus\.amount/)
    refuse({ months, yearEndBonus: { amount: 1, month: 13, apart: true } }, /yearEndBonus\.month/)
    refuse({ months, yearEndBonus: { amount: 1, month: 3, apart: false } }, /yearEndBonus\.month/)
    refuse({ months, yearEndBonus: { amount: 1, month: 3 } }, /yearEndBonus\.apart/)
  })

  test('a hundred billion yuan a month are an amount, a fen more is not', ({ assert }) => {
    const tax = 4_499_999_775_000 - 18_192_000
    assert.deepEqual(withhold({ months: [{ income: 1e13 }] }).withheld, [tax])
    assert.throws(() => withhold({ months: [{ income: 1e13 + 1 }] }), /months\[0\]\.income/)
    assert.deepEqual(withhold({ months: [] }), { withheld: [] })
  })

  test('the sum withheld is the highest yearly tax reached, by big integers', ({ assert }) => {
    const amount = fc.integer({ min: 0, max: 30_000_000 })
    const month: fc.Arbitrary<TaxMonth> = fc.record({
      income: amount,
      insurance: fc.nat(500_000),
      additional: fc.nat(300_000),
    })
    const month12 = fc.array(month, { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(month12, (months) => {
        const { withheld } = withhold({ months })
        let highest = 0n
        let taxable = 0n
        for (const [index, { income, insurance, additional }] of months.entries()) {
          taxable += BigInt(income - insurance! - additional! - 500_000)
          const tax = progressive(taxable)
          if (tax > highest) highest = tax
          const sum = withheld.slice(0, index + 1).reduce((a, b) => a + b, 0)
          assert.equal(BigInt(sum), highest)
        }
      })
    )
  })
})

/** Bracket by bracket without quick deductions, in hundredths of a fen, rounded half up. */
function progressive(taxable: bigint): bigint {
  const steps: [bigint, bigint][] = [
    [3_600_000n, 3n],
    [14_400_000n, 10n],
    [30_000_000n, 20n],
    [42_000_000n, 25n],
    [66_000_000n, 30n],
    [96_000_000n, 35n],
    [10n ** 18n, 45n],
  ]
  let from = 0n
  let tax = 0n
  for (const [to, percent] of steps) {
    if (taxable > from) tax += ((taxable < to ? taxable : to) - from) * percent
    from = to
  }
  return (tax + 50n) / 100n
}
