import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { afterCommit, bulkInsert, inTransaction, isUniqueViolation } from '#shared/database'
import { boundKey, once } from '#shared/once'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit } from '#tests/support/givens'

test.group('Transactions', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a failed body leaves nothing and its announcements are not made', async ({ assert }) => {
    let announced = 0
    await assert.rejects(() =>
      inTransaction(async (trx) => {
        await trx.table('calendar_years').insert(year(2030))
        afterCommit(trx, () => announced++)
        throw new Error('no')
      })
    )
    assert.equal(announced, 0)
    assert.lengthOf(await db.from('calendar_years'), 0)
  })

  test('the same key with another content is refused, also when both come at the same time', async ({
    assert,
  }) => {
    const said: string[] = []
    const send = (content: string) =>
      once(boundKey('form-1', content), 'test', 7, async () => {
        said.push(content)
        return content
      }).catch((error) => error.key)
    const answers = await Promise.all([send('a'), send('b')])
    assert.sameMembers(answers, [said[0], 'shared.errors.sent_before'])
    assert.equal(await send(said[0]), said[0])
    assert.equal(await send('c'), 'shared.errors.sent_before')
    assert.lengthOf(await db.from('idempotency_keys'), 1)
  })

  test('the same key has the effect of once, also when both come at the same time', async ({
    assert,
  }) => {
    const act = () =>
      once('form-1', 'test', 7, async (trx) => {
        const [id] = await trx.table('calendar_years').insert(year(2031))
        return Number(id)
      })
    const results = await Promise.all([act(), act(), act()])
    assert.lengthOf(new Set(results), 1)
    assert.lengthOf(await db.from('calendar_years'), 1)
    assert.equal(await act(), results[0])
  })

  test('two who write many rows at once both write them, whatever the lock that they meet at', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    const row = (name: string) => ({ ...place, unit_id: unitId, name })
    const others = Array.from({ length: 200 }, (_, index) => row(`部门${index}`))
    let there: Promise<unknown> | null = null
    let tries = 0
    await inTransaction(async (trx) => {
      tries++
      await trx.table('departments').insert(row(tries === 1 ? '总编室' : '编辑部'))
      there ??= inTransaction(async (other) => {
        await bulkInsert(other, 'departments', others)
        // Waits for the one above, and holds the numbers of the table meanwhile.
        await bulkInsert(other, 'departments', [row('总编室')])
      }).catch((error) => assert.isTrue(isUniqueViolation(error)))
      await sleep(300)
      await bulkInsert(trx, 'departments', [row('播音部')])
    })
    await there
    const names = (await db.from('departments').select('name')).map(({ name }) => name)
    assert.includeMembers(names, ['总编室', '播音部'])
  })

  test('many rows are written with their types', async ({ assert }) => {
    const unitId = await givenUnit()
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      unit_id: unitId,
      name: index === 0 ? `"quotes" '单引号' \\ 𬭎` : index === 1 ? 1 : `部门${index}`,
      front_line: index % 2 === 0,
      weight: index % 3 === 0 ? null : '1.10',
      valid_from: '2026-01-01',
      version: 1,
      created_at: '2026-01-01 00:00:00.000',
    }))
    await inTransaction((trx) => bulkInsert(trx, 'departments', rows))
    const stored = await db.from('departments').orderBy('id')
    assert.lengthOf(stored, 5_000)
    assert.equal(stored[0].name, `"quotes" '单引号' \\ 𬭎`)
    assert.equal(stored[0].front_line, 1)
    assert.isNull(stored[0].weight)
    assert.equal(stored[1].name, '1')
    assert.equal(stored[1].weight, '1.10')
    assert.equal(stored[1].valid_from, '2026-01-01')
  })
})

const place = {
  front_line: false,
  valid_from: '2026-01-01',
  version: 1,
  created_at: '2026-01-01 00:00:00.000',
}

function year(number: number) {
  return {
    year: number,
    confirmed: true,
    source: 'test',
    version: 1,
    created_at: '2026-01-01 00:00:00.000',
  }
}
