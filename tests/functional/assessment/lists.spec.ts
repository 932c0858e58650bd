import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { assessmentInbox } from '#assessment/queries/assessment_inbox'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenCopies } from '#tests/support/lists'
import { givenAssessment, TODAY } from './givens.js'

test.group('The inbox of assessments ends nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('one that came back waits however many drafts came after it', async ({ assert }) => {
    const { id, office } = await givenAssessment()
    await givenCopies('assessments', 30, (index) => ({ year: 2023 + index }))
    await db.from('assessments').where({ id }).update({ comment: '退回重填' })
    const items = await assessmentInbox(office, (key) => key)
    assert.deepEqual(
      items.map(({ url }) => url),
      [`/assessment/${id}`]
    )
  })
})
