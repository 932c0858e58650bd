import { test } from '@japa/runner'
import fc from 'fast-check'
import { formatFen, parseYuan, typedYuan } from '#shared/money'
import { signed, signedMoney } from '#shared/view/signed'

test.group('Money', () => {
  test('what is typed as yuan is read to the fen', ({ assert }) => {
    assert.equal(parseYuan('1234.5'), 123_450)
    assert.equal(parseYuan(' ￥1,234.50 元'), 123_450)
    assert.equal(parseYuan('-0.01'), -1)
    assert.equal(parseYuan('１２'), 1_200)
    assert.isTrue(Object.is(parseYuan('-0'), 0))
    assert.equal(parseYuan('１，０００'), 100_000)
    assert.equal(parseYuan('10,0000'), 10_000_000)
    for (const text of ['1,5', '1,00', '1,234,5', '12,34.5', '1 5', '1¥2', '5元6', '1,'])
      assert.isNull(parseYuan(text), text)
    for (const text of ['', '1.234', '1e3', '十元', '1234567890123', '--1', '.5']) {
      assert.isNull(parseYuan(text), text)
    }
  })

  test('shown and typed forms are read back as the same fen', ({ assert }) => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 }), (fen) => {
        assert.equal(parseYuan(typedYuan(fen)), fen)
        assert.equal(parseYuan(formatFen(fen)), fen)
      })
    )
  })

  test('a difference shows which way it goes', ({ assert }) => {
    assert.deepEqual([6_600, -6_600, 0].map(signedMoney), ['+¥66.00', '-¥66.00', '¥0.00'])
    assert.deepEqual([3, -3, 0].map(signed), ['+3', '-3', '0'])
  })
})
