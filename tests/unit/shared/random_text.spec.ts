import string from '@adonisjs/core/helpers/string'
import { test } from '@japa/runner'
import { randomText } from '#shared/random_text'

test.group('Random text', () => {
  test('is what the framework hands out', ({ assert }) => {
    assert.match(string.random(32), /^[\w-]{32}$/)
    for (const size of [1, 15, 16, 17, 40, 4_000, 9_000]) assert.lengthOf(randomText(size), size)
  })

  test('never comes twice, across many fillings of the store', ({ assert }) => {
    const texts = new Set(Array.from({ length: 50_000 }, () => randomText(16)))
    assert.equal(texts.size, 50_000)
  })

  test('uses every sign as often as another', ({ assert }) => {
    const counts = new Map<string, number>()
    for (let index = 0; index < 4_000; index++) {
      for (const sign of randomText(32)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
    }
    assert.equal(counts.size, 64)
    // 2,000 of each are awaited; ten standard deviations away nobody comes by chance.
    for (const [sign, count] of counts) assert.closeTo(count, 2_000, 450, sign)
  })
})
