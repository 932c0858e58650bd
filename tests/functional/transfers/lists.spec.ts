import { test } from '@japa/runner'
import { transferInbox } from '#transfers/queries/transfer_inbox'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { givenCopies } from '#tests/support/lists'
import { givenBatch, givenPeopleOfOffice, TODAY } from './givens.js'

test.group('The inbox of transfers ends nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('an own draft waits behind however many of others', async ({ assert }) => {
    const { officer } = await givenPeopleOfOffice()
    const other = await givenUser({ role: 'hr_officer' })
    await givenBatch(officer)
    await givenCopies('transfer_batches', 220, (index) => ({
      number: `HZ-${index}`,
      prepared_by: index === 219 ? officer.userId : other.id,
    }))
    const items = await transferInbox(officer, (key) => key)
    assert.lengthOf(items, 2)
  })
})
