import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { record } from '#audit/actions/record'
import { sealEvents } from '#audit/actions/seal'
import { verifyChain } from '#audit/queries/verify_chain'
import { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { meanwhile } from '#tests/support/meanwhile'

async function givenSealedEvents(count: number) {
  await inTransaction(async (trx) => {
    for (let number = 1; number <= count; number++) {
      await record(trx, Actor.system(), {
        action: 'audit.test.event',
        subjectType: 'unit',
        subjectId: number,
        changes: { number, name: '市报社' },
      })
    }
  })
  return sealEvents()
}

test.group('The audit chain', (group) => {
  group.each.setup(() => emptyDatabase())

  test('sealed events verify, in any number of seals', async ({ assert }) => {
    await givenSealedEvents(3)
    const head = await givenSealedEvents(4)
    assert.equal(head.sequence, 7)
    assert.deepEqual(await verifyChain([head]), [])
  })

  const sabotage: Array<[string, () => Promise<unknown>, string]> = [
    [
      'an edit',
      () => db.from('audit_events').where('sequence', 3).update({ actor_name: '别人' }),
      'content_changed',
    ],
    [
      'an edit of the content',
      () => db.from('audit_events').where('sequence', 3).update({ changes: '{"number":9}' }),
      'content_changed',
    ],
    ['a deletion', () => db.from('audit_events').where('sequence', 3).delete(), 'gap'],
    ['a cut-off tail', () => db.from('audit_events').where('sequence', '>', 3).delete(), 'cut_off'],
    [
      'a reorder',
      async () => {
        await db.from('audit_events').where('sequence', 3).update({ sequence: 99 })
        await db.from('audit_events').where('sequence', 4).update({ sequence: 3 })
        await db.from('audit_events').where('sequence', 99).update({ sequence: 4 })
      },
      'chain_broken',
    ],
  ]
  for (const [name, act, problem] of sabotage) {
    test(`${name} is found`, async ({ assert }) => {
      await givenSealedEvents(5)
      await act()
      const problems = (await verifyChain()).map((finding) => finding.problem)
      assert.include(problems, problem)
    })
  }

  test('a tail cut off together with the head row is found by an anchored head', async ({
    assert,
  }) => {
    const anchor = await givenSealedEvents(5)
    const third = await db.from('audit_events').where('sequence', 3).firstOrFail()
    await db.from('audit_events').where('sequence', '>', 3).delete()
    await db.from('audit_heads').update({ sequence: 3, hash: third.hash })
    assert.deepEqual(await verifyChain(), [])
    assert.equal((await verifyChain([anchor]))[0].problem, 'cut_off')
  })

  test('who seals at the end of a transaction leaves out what was sealed since it began', async ({
    assert,
  }) => {
    const event = { action: 'audit.test.event', subjectType: 'unit', subjectId: 1 }
    const write = (trx: Trx) => record(trx, Actor.system(), event)
    for (let number = 0; number < 5; number++) await inTransaction(write)
    const { here, there } = await meanwhile(
      (trx) => trx.from('audit_events').whereNull('sequence').select('id'),
      () => sealEvents(),
      async (trx) => {
        await write(trx)
        await sealEvents(trx)
      }
    )
    assert.deepEqual([here, there, await verifyChain()], [[], [], []])
    assert.lengthOf(await db.from('audit_events').whereNull('sequence'), 0)
  })

  test('two sealers at once never fork the chain', async ({ assert }) => {
    await inTransaction(async (trx) => {
      for (let number = 0; number < 50; number++) {
        await record(trx, Actor.system(), {
          action: 'audit.test.event',
          subjectType: 'unit',
          subjectId: number,
        })
      }
    })
    await Promise.all([sealEvents(), sealEvents(), sealEvents()])
    assert.deepEqual(await verifyChain(), [])
    assert.lengthOf(await db.from('audit_events').whereNull('sequence'), 0)
  })

  test('the log is read by those who may, exported on record, and refused to others', async ({
    client,
    assert,
  }) => {
    await givenSealedEvents(2)
    const auditor = await givenUser({ role: 'audit_admin' })
    const page = await client.get('/audit/events').loginAs(auditor)
    page.assertStatus(200)
    const file = await client.get('/audit/events/export').loginAs(auditor)
    file.assertStatus(200)
    assert.lengthOf(await rowsOf('audit_events', { action: 'audit.events.exported' }), 1)
    const stranger = await givenUser({ role: 'hr_officer' })
    for (const path of ['/audit/events', '/audit/events/export']) {
      const response = await client.get(path).loginAs(stranger)
      response.assertStatus(403)
    }
  })
})
