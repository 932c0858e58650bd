import { test } from '@japa/runner'
import mail from '@adonisjs/mail/services/main'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { sendReminders } from '#dashboard/jobs/send_reminders'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'

test.group('Reminders by mail', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.teardown(() => {
    env.set('MAIL_ENABLED', false)
    mail.restore()
  })

  test('are off unless the office turned them on', async ({ assert }) => {
    const { messages } = mail.fake()
    await givenUser({ role: 'leading_group_office', row: { email: 'office@example.org' } })
    assert.equal(await sendReminders(), 0)
    messages.assertNoneSent()
  })

  test('go once a day to who gave an address and has something waiting', async ({ assert }) => {
    const { messages } = mail.fake()
    env.set('MAIL_ENABLED', true)
    await givenUser({ role: 'leading_group_office', row: { email: 'office@example.org' } })
    await givenUser({ role: 'auditor', row: { email: 'nothing@example.org' } })
    await givenUser({ role: 'leading_group_office' })
    assert.equal(await sendReminders(), 1)
    assert.equal(await sendReminders(), 0)
    messages.assertSentCount(1)
    const [sent] = messages.sent()
    assert.isTrue(sent.hasTo('office@example.org'))
    assert.isTrue(sent.hasSubject('有 4 件事等您处理'))
    assert.lengthOf(await db.from('idempotency_keys'), 1)
  })
})
