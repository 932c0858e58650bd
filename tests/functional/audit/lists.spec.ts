import { test } from '@japa/runner'
import { record } from '#audit/actions/record'
import { historyOf } from '#audit/queries/history'
import { lastChangeOf } from '#audit/queries/last_change'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenActor } from '#tests/support/givens'

test.group('What the log says of one record', (group) => {
  group.each.setup(() => emptyDatabase())

  const subject = { subjectType: 'pay_slip', subjectId: 7 }

  async function givenEvents(actions: readonly string[]) {
    const actor = await givenActor({ role: 'hr_officer' })
    await inTransaction(async (trx) => {
      for (const action of actions) await record(trx, actor, { ...subject, action, changes: {} })
    })
  }

  test('the last change is found behind however many readings', async ({ assert }) => {
    await givenEvents(['pay.slip.corrected', ...Array(30).fill('pay.slip.seen')])
    const change = await lastChangeOf({ type: 'pay_slip', id: 7 })
    assert.equal(change?.action, 'pay.slip.corrected')
    assert.isNull(await lastChangeOf({ type: 'pay_slip', id: 8 }))
  })

  test('a panel of thirty says that there are older events, and only then', async ({ assert }) => {
    await givenEvents(Array(30).fill('pay.slip.corrected'))
    const whole = await historyOf('pay_slip', 7)
    assert.lengthOf(whole, 30)
    assert.isFalse(whole.some(({ older }) => older))
    await givenEvents(['pay.slip.corrected'])
    const cut = await historyOf('pay_slip', 7)
    assert.lengthOf(cut, 30)
    assert.isTrue(cut.at(-1)!.older)
  })
})
