import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { inTransaction, isSqlite } from '#shared/database'
import { countForeignKeys } from '#shared/operations/references'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenPerson, givenUnit } from '#tests/support/givens'
import DbCheck from '../../../commands/db_check.js'
import { here, ownPlaces } from './places.js'

test.group('db:check', (group) => {
  let places: ReturnType<typeof ownPlaces>
  group.each.setup(async () => {
    places = ownPlaces()
    await emptyDatabase()
  })
  group.each.teardown(() => {
    places.remove()
  })

  const check = () => here(DbCheck)

  /** What a repair by hand does with the checks of the database switched off. */
  async function byHand(sql: string, values: any[]) {
    if (isSqlite()) {
      await db.rawQuery('PRAGMA foreign_keys = OFF')
      await db.rawQuery(sql, values)
      await db.rawQuery('PRAGMA foreign_keys = ON')
      return
    }
    await inTransaction(async (trx) => {
      await trx.rawQuery('SET FOREIGN_KEY_CHECKS = 0')
      await trx.rawQuery(sql, values)
      await trx.rawQuery('SET FOREIGN_KEY_CHECKS = 1')
    })
  }

  test('a sound database passes every check, and there are references to look at', async ({
    assert,
  }) => {
    await givenAssignment(await givenPerson(), await givenUnit())
    const { code, output: text } = await check()
    assert.equal(code, 0, text)
    for (const name of ['references', 'files', 'audit']) assert.include(text, name)
    assert.isAbove(await countForeignKeys(), 40)
  })

  test('a row that points at nobody is found and named', async ({ assert }) => {
    const personId = await givenPerson()
    await givenAssignment(personId, await givenUnit())
    await byHand('DELETE FROM persons WHERE id = ?', [personId])
    const { code, output: text } = await check()
    assert.equal(code, 1)
    assert.match(text, /references: assignments: .* points at no row of persons/)
  })

  test('what is too much to read is counted', async ({ assert }) => {
    const at = { mime: 'x', size: 1, sha256: '0'.repeat(64), subject_type: 'import' }
    const files = Array.from({ length: 53 }, (_, index) => ({
      ...at,
      storage_key: `imports/2026-01/gone-${index}`,
      name: 'x.xlsx',
      created_at: '2026-01-01 00:00:00.000',
    }))
    await db.table('files').multiInsert(files)
    const { code, output: text } = await check()
    assert.equal(code, 1)
    assert.include(text, 'files: 53 findings')
    assert.include(text, 'gone-49 is not on disk')
    assert.notInclude(text, 'gone-50 is not on disk')
    assert.include(text, 'and 3 more')
  })

  test('a stored file that is gone is found and named', async ({ assert }) => {
    await db.table('files').insert({
      storage_key: 'imports/2026-01/gone',
      name: 'x.xlsx',
      mime: 'x',
      size: 1,
      sha256: '0'.repeat(64),
      subject_type: 'import',
      created_at: '2026-01-01 00:00:00.000',
    })
    const { code, output: text } = await check()
    assert.equal(code, 1)
    assert.include(text, 'imports/2026-01/gone is not on disk')
  })

  test('a changed event is found here too', async ({ assert }) => {
    const { record } = await import('#audit/actions/record')
    const { sealEvents } = await import('#audit/actions/seal')
    const { Actor } = await import('#shared/actor')
    await inTransaction((trx) =>
      record(trx, Actor.system(), { action: 'x.y.z', subjectType: 'x', subjectId: 1 })
    )
    await sealEvents()
    await db.from('audit_events').update({ actor_name: 'other' })
    const { code, output: text } = await check()
    assert.equal(code, 1)
    assert.include(text, 'audit.content_changed')
  })
})
