import { test } from '@japa/runner'
import fc from 'fast-check'
import { formatFen, parseYuan, typedYuan } from '#shared/money'

test.group('Money', () => {
  test('what is typed as yuan is read to the fen', ({ assert }) => {
    assert.equal(parseYuan('1234.5'), 123_450)
    assert.equal(parseYuan(' ￥1,234.50 元'), 123_450)
    assert.equal(parseYuan('-0.01'), -1)
    assert.equal(parseYuan('１２'), 1_200)
    assert.isTrue(Object.is(parseYuan('-0'), 0))
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
})
