import { test } from '@japa/runner'
import fc from 'fast-check'
import { Exact } from '#shared/formulas/formula'

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => Exact.from(digits).dividedBy(Exact.from(10n ** BigInt(places))))

test.group('Exact numbers', () => {
  test('a text is kept as it is, to the last digit', ({ assert }) => {
    for (const [text, shown] of [
      ['0.1', '0.1'],
      ['-12.50', '-12.5'],
      ['+3', '3'],
      ['007', '7'],
      ['1/3', '1/3'],
      ['-6/4', '-1.5'],
      ['123456789012345678901234.5', '123456789012345678901234.5'],
    ]) {
      assert.equal(Exact.from(text).toString(), shown)
    }
    for (const text of ['', '1e3', 'NaN', '1/0', '.5', '--1', '0x10', '一']) {
      assert.throws(() => Exact.from(text), /not_a_number/)
    }
    assert.throws(() => Exact.from(0.1), /not_a_number/)
  })

  test('what people type is read, the rest is null', ({ assert }) => {
    assert.equal(Exact.parse(' １,２３４．５ ')?.toString(), '1234.5')
    for (const text of ['8,5', '1,00', '8 5']) assert.isNull(Exact.parse(text), text)
    for (const text of ['', '十', '1e3', '1.2.3', '1/0', '9'.repeat(61)])
      assert.isNull(Exact.parse(text), text)
  })

  test('rounds where and how it is told; halves go away from zero', ({ assert }) => {
    const rounded = (text: string, places: number, mode: 'half_up' | 'down' | 'up' = 'half_up') =>
      Exact.from(text).toFixed(places, mode)
    assert.equal(rounded('2.345', 2), '2.35')
    assert.equal(rounded('-2.345', 2), '-2.35')
    assert.equal(rounded('2.3449999999999999999', 2), '2.34')
    assert.equal(rounded('2.341', 2, 'up'), '2.35')
    assert.equal(rounded('-2.349', 2, 'down'), '-2.34')
    assert.equal(rounded('0.004', 2), '0.00')
    assert.equal(rounded('-0.004', 2), '0.00')
    assert.equal(rounded('-0.5', 0), '-1')
    assert.equal(Exact.from('1/3').toFixed(4), '0.3333')
    assert.equal(Exact.from('123.455').toFen(), 12_346)
    assert.equal(Exact.fromFen(-12_346).toString(), '-123.46')
  })

  test('the laws of arithmetic hold without loss', ({ assert }) => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        assert.isTrue(a.plus(b).minus(b).equals(a))
        assert.isTrue(
          a
            .plus(b)
            .times(c)
            .equals(a.times(c).plus(b.times(c)))
        )
        if (!b.isZero) assert.isTrue(a.dividedBy(b).times(b).equals(a))
        assert.equal(a.compare(b), -b.compare(a) || 0)
        assert.isTrue(Exact.from(a.toString()).equals(a))
        const quotient = b.isZero ? a : a.dividedBy(b)
        assert.isTrue(Exact.from(quotient.toString()).equals(quotient))
      }),
      { numRuns: 1_000 }
    )
  })

  test('rounding is never farther off than half a step', ({ assert }) => {
    const half = Exact.from('0.005')
    fc.assert(
      fc.property(decimals, (a) => {
        assert.isTrue(a.round(2).minus(a).abs().compare(half) <= 0)
        assert.isTrue(a.round(2, 'down').abs().compare(a.abs()) <= 0)
        assert.isTrue(a.round(2, 'up').abs().compare(a.abs()) >= 0)
      })
    )
  })

  test('numbers that square one another are stopped', ({ assert }) => {
    let value = Exact.from('1234567890.123')
    assert.throws(() => {
      for (let round = 0; round < 12; round++) value = value.times(value)
    }, /too_large/)
  })
})
