import { test } from '@japa/runner'
import fc from 'fast-check'
import { ANNUAL_TABLE, cumulativeTax } from '#pay/domain/tax'
import { stepsFrom, tableOf } from '#pay/domain/tax_scale'
import { DomainError } from '#shared/errors'

/** The field and the reason by which rows are refused. */
function refusal(bounds: string[], percents: string[]) {
  try {
    stepsFrom(bounds, percents)
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return [error.fields[0].field, error.key.replace('pay.errors.', '')]
  }
}

test.group('tax scale', () => {
  test('the table of the State Taxation Administration follows from its bounds and rates', ({
    assert,
  }) => {
    const steps = stepsFrom(
      ['36000', '144,000', '300000', '420000', '660000', '960000', '', '', ''],
      ['3', '10', '20', '25', '30', '35', '45', '', '']
    )
    assert.deepEqual(tableOf(steps), [...ANNUAL_TABLE])
  })

  test('refused at the row: empty, gap, order, rate, end', ({ assert }) => {
    const cases: [string[], string[], string[]][] = [
      [[], [], ['percents.0', 'scale_empty']],
      [
        ['', ''],
        ['', ''],
        ['percents.0', 'scale_empty'],
      ],
      [
        ['36000', ''],
        ['101', '10'],
        ['percents.0', 'scale_percent'],
      ],
      [
        ['36000', ''],
        ['-1', '10'],
        ['percents.0', 'scale_percent'],
      ],
      [
        ['36000', ''],
        ['2.5', '10'],
        ['percents.0', 'scale_percent'],
      ],
      [
        ['36000', ''],
        ['', '10'],
        ['percents.0', 'scale_percent'],
      ],
      [
        ['36000', ''],
        ['10', '10'],
        ['percents.1', 'scale_percent_order'],
      ],
      [
        ['36000', '', ''],
        ['3', '10', '20'],
        ['bounds.1', 'scale_gap'],
      ],
      [
        ['', '', ''],
        ['3', '', '20'],
        ['bounds.0', 'scale_gap'],
      ],
      [
        ['36000', '144000'],
        ['3', '10'],
        ['bounds.1', 'scale_end'],
      ],
      [
        ['36000', '36000', ''],
        ['3', '10', '20'],
        ['bounds.1', 'scale_order'],
      ],
      [
        ['36000.50', ''],
        ['3', '10'],
        ['bounds.0', 'scale_bound'],
      ],
      [
        ['0', ''],
        ['3', '10'],
        ['bounds.0', 'scale_bound'],
      ],
      [
        ['many', ''],
        ['3', '10'],
        ['bounds.0', 'scale_bound'],
      ],
    ]
    for (const [bounds, percents, expected] of cases) {
      assert.deepEqual(refusal(bounds, percents), expected, `${bounds} ${percents}`)
    }
    assert.isNull(refusal([''], ['0']))
  })

  test('tax never falls and never jumps: one more yuan costs at most one', ({ assert }) => {
    const sorted = (low: number, high: number) =>
      fc
        .uniqueArray(fc.integer({ min: low, max: high }), { minLength: 1, maxLength: 8 })
        .map((list) => list.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(
        sorted(1, 2_000_000),
        sorted(0, 100),
        fc.nat(250_000_000),
        (bounds, rates, fen) => {
          const count = Math.min(bounds.length, rates.length)
          const table = tableOf(
            rates.slice(0, count).map((percent, index) => ({
              percent,
              upTo: index === count - 1 ? null : bounds[index] * 100,
            }))
          )
          const tax = (income: number) => cumulativeTax({}, [{ income }], table, 0).tax
          const [now, more] = [tax(fen), tax(fen + 100)]
          assert.isAtLeast(now, 0)
          assert.isAtMost(now, fen)
          assert.isTrue(more >= now && more - now <= 101, `${fen}: ${now} ${more}`)
        }
      )
    )
  })
})
