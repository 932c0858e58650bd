import { test } from '@japa/runner'
import { allocate } from '#pay/domain/allocation/allocate'
import { readProblem } from '#pay/domain/allocation/items'

const a = { id: 'a', weight: '1' }
const b = { id: 'b', weight: '3' }

test.group('allocation: what is read', () => {
  test('refusals name the place, the value and the reason', ({ assert }) => {
    const table: [input: any, words: string][] = [
      [{ total: -1, items: [a] }, 'total: not an amount of fen'],
      [{ total: 1.5, items: [a] }, 'total: not an amount of fen'],
      [{ total: '5', items: [a] }, 'total: not an amount of fen'],
      [{ total: 2 ** 53, items: [a] }, 'total: not an amount of fen'],
      [{ total: 1, items: { a: '1' } }, 'items: not a list'],
      [{ total: 1 }, 'items: not a list'],
      [{ total: 1, items: [a, null] }, 'items[1]: no id'],
      [{ total: 1, items: [a, { weight: '1' }] }, 'items[1]: no id'],
      [{ total: 1, items: [{ ...a, id: '' }] }, 'items[0]: no id'],
      [{ total: 1, items: [{ ...a, id: 7 }] }, 'items[0]: no id'],
      [{ total: 1, items: [b, { ...a, min: -1 }] }, 'items[1] a: min is not an amount of fen'],
      [{ total: 1, items: [{ ...a, min: null }] }, 'items[0] a: min is not an amount of fen'],
      [{ total: 1, items: [b, { ...a, max: -1 }] }, 'items[1] a: max is not an amount of fen'],
      [{ total: 1, items: [{ ...a, max: 0.5 }] }, 'items[0] a: max is not an amount of fen'],
      [{ total: 9, items: [{ ...a, min: 5, max: 4 }] }, 'items[0] a: min 5 is above max 4'],
      [{ total: 4, items: [a, b, a] }, 'items[2] a: named twice'],
      [
        {
          total: 4,
          items: [
            { ...a, min: 2 },
            { ...b, min: 3 },
          ],
        },
        'the minimums come to 5, the total is 4',
      ],
      [{ total: 4, items: [{ ...a, weight: '0.00' }] }, 'no item has a weight above 0'],
      [{ total: 4, items: [] }, 'no item has a weight above 0'],
    ]
    for (const [input, words] of table) assert.equal(problemOf(input), words)
  })

  test('a weight is plain decimal text of at most 60 characters', ({ assert }) => {
    const refused = [
      '',
      '-1',
      '+1',
      '1e3',
      '.5',
      '1.',
      '1.2.3',
      '1/2',
      '1:2',
      '1,5',
      '１',
      ' 1',
      '.',
    ]
    for (const weight of [...refused, null, 1, ['1']]) {
      const words = `items[1] b: weight ${JSON.stringify(weight)} is no decimal text of 0 or more`
      assert.equal(problemOf({ total: 1, items: [a, { id: 'b', weight }] }), words)
    }
    const none = problemOf({ total: 1, items: [{ id: 'b' }] })
    assert.equal(none, 'items[0] b: weight undefined is no decimal text of 0 or more')
    const long = problemOf({ total: 1, items: [{ id: 'b', weight: '1'.repeat(61) }] })
    assert.equal(long, `items[0] b: weight "${'1'.repeat(39)} is no decimal text of 0 or more`)
    const longest = { id: 'b', weight: `1.${'0'.repeat(58)}` }
    assert.deepEqual({ ...allocate({ total: 5, items: [a, longest] }).amounts }, { a: 3, b: 2 })
  })

  test('the limits of what is accepted', ({ assert }) => {
    assert.isNull(problemOf({ total: 0, items: [] }))
    assert.isNull(problemOf({ total: Number.MAX_SAFE_INTEGER, items: [a] }))
    assert.isNull(problemOf({ total: 5, items: [{ ...a, min: 5, max: 5 }] }))
    assert.isNull(
      problemOf({
        total: 5,
        items: [
          { ...a, min: 0, max: 0 },
          { ...b, max: null },
        ],
      })
    )
  })

  test('weights become whole numbers by the same power of ten, exactly', ({ assert }) => {
    const weightsOf = (...texts: string[]) =>
      readProblem(
        1,
        texts.map((weight, index) => ({ id: String(index), weight }))
      ).weights
    assert.deepEqual([...weightsOf('1', '0.35', '2.5', '007')], [100, 35, 250, 700])
    // their sum would not stay exact in doubles
    assert.deepEqual(
      [...weightsOf('1', '2.5', '1000000000000000')],
      [10n, 25n, 10_000_000_000_000_000n]
    )
    assert.deepEqual(
      [...weightsOf('0.1', '0.12345678901234567')],
      [10_000_000_000_000_000n, 12_345_678_901_234_567n]
    )
  })
})

/** The words of the refusal; null: none. */
function problemOf(input: any): string | null {
  try {
    allocate(input)
    return null
  } catch (error) {
    return (error as Error).message
  }
}
