import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { inTransaction, isSqlite } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit } from '#tests/support/givens'

test.group('reads outside of a transaction', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a read during a transaction waits for its end: there is one connection', async ({
    assert,
  }) => {
    await givenUnit({ name: '报社' })
    let during: Promise<number> | undefined
    await inTransaction(async (trx) => {
      await trx.from('units').where('name', '报社').update({ name: '融媒体中心' })
      during = db
        .from('units')
        .where('name', '报社')
        .then((rows) => rows.length)
      const own = await trx.from('units').where('name', '融媒体中心')
      assert.lengthOf(own, 1)
    })
    assert.equal(await during, 0)
    assert.lengthOf(await db.from('units').where('name', '融媒体中心'), 1)
  }).skip(!isSqlite(), 'other databases read on a connection of its own')

  test('first, pluck, raw, models of rows and failures answer as they do through the pool', async ({
    assert,
  }) => {
    const ids = [await givenUnit({ name: '甲' }), await givenUnit({ name: '乙' })]
    assert.equal((await db.from('units').where('name', '乙').first())?.id, ids[1])
    assert.isNull(await db.from('units').where('name', '丙').first())
    assert.lengthOf(await db.from('units').orderBy('id').limit(1), 1)
    assert.lengthOf(await db.from('units').orderBy('id').offset(1).limit(5), 1)
    assert.deepEqual(await db.from('units').knexQuery.pluck('name').orderBy('id'), ['甲', '乙'])
    const failure = await db
      .from('units')
      .where('no_such_column', '机密')
      .catch((error: Error) => error)
    assert.instanceOf(failure, Error)
    assert.notInclude((failure as Error).message, '机密')
  })

  test('a limit is written into the statement of the embedded database', ({ assert }) => {
    const { sql, bindings } = db.from('units').limit(20).toSQL()
    if (!isSqlite()) return assert.deepEqual(bindings, [20])
    assert.include(sql, 'limit 20')
    assert.deepEqual(bindings, [])
  })
})
