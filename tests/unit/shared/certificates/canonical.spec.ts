import { test } from '@japa/runner'
import fc from 'fast-check'
import { canonicalJson } from '#shared/certificates/canonical'

const integers = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 4 }), tie('value'), { maxKeys: 5 })
  ),
})).value

/** The same value with the keys of every object in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)])
  )
}

test.group('Canonical JSON', () => {
  test('keys are sorted at every depth, also those that look like numbers', ({ assert }) => {
    const value = { b: [{ z: 1, a: null }], 10: true, 9: '融', a: -3 }
    assert.equal(canonicalJson(value), '{"10":true,"9":"融","a":-3,"b":[{"a":null,"z":1}]}')
  })

  test('minus nought is nought', ({ assert }) => {
    assert.equal(canonicalJson({ a: -0 }), '{"a":0}')
  })

  test('{place}: {reason}')
    .with([
      { value: { a: 1.5 }, place: 'a', reason: 'not_integer' },
      { value: { a: [0, 2 ** 53] }, place: 'a[1]', reason: 'not_integer' },
      { value: { a: { b: Number.NaN } }, place: 'a.b', reason: 'not_integer' },
      { value: { a: undefined }, place: 'a', reason: 'not_json' },
      { value: { a: new Date(0) }, place: 'a', reason: 'not_json' },
      { value: { a: 1n }, place: 'a', reason: 'not_json' },
      { value: { a: new Map() }, place: 'a', reason: 'not_json' },
      // eslint-disable-next-line no-sparse-arrays
      { value: { a: [1, , 2] }, place: 'a[1]', reason: 'not_json' },
      { value: { a: '\ud800' }, place: 'a', reason: 'lone_surrogate' },
    ])
    .run(({ assert }, { value, place, reason }) => {
      assert.throws(() => canonicalJson(value), `${place}: ${reason}`)
    })

  test('a value that holds itself is refused', ({ assert }) => {
    const value: Record<string, unknown> = {}
    value.a = value
    assert.throws(() => canonicalJson(value), /too_deep/)
  })

  test('the order of keys never matters and reading gives the same writing', ({ assert }) => {
    fc.assert(
      fc.property(integers, (value) => {
        const written = canonicalJson(value)
        assert.equal(canonicalJson(reversed(value)), written)
        assert.equal(canonicalJson(JSON.parse(written)), written)
      })
    )
  })
})
