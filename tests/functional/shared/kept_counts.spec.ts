import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { keptCounts } from '#shared/kept_counts'

/** A count that says how often it was made. */
function counter(total: number) {
  let made = 0
  const count = async () => [{ total: total + made++ }]
  return { made: () => made, count }
}

test.group('Kept counts', () => {
  test('a large one is made once, until this process commits', async ({ assert }) => {
    const { made, count } = counter(50_000)
    const key = ['large', clock.today()]
    await keptCounts(key, count)
    assert.deepEqual(await keptCounts(key, count), [{ total: 50_000 }])
    assert.equal(made(), 1)
    await keptCounts(['other'], count)
    assert.equal(made(), 2)
    await inTransaction(async () => {})
    assert.deepEqual(await keptCounts(key, count), [{ total: 50_002 }])
  })

  test('one that a commit overtook is made again', async ({ assert }) => {
    const { made, count } = counter(50_000)
    const overtaken = async () => {
      const rows = await count()
      await inTransaction(async () => {})
      return rows
    }
    await keptCounts(['overtaken'], overtaken)
    await keptCounts(['overtaken'], overtaken)
    assert.equal(made(), 2)
  })

  test('a small one is made every time', async ({ assert }) => {
    const { made, count } = counter(600)
    await keptCounts(['small'], count)
    assert.deepEqual(await keptCounts(['small'], count), [{ total: 601 }])
    assert.equal(made(), 2)
  })
})
