import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { record } from '#audit/actions/record'
import { governanceInbox } from '#governance/queries/governance_inbox'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { givenCopies } from '#tests/support/lists'
import { givenCity, givenTask } from './givens.js'

test.group('Lists of governance end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze('2026-02-02'))
  group.each.teardown(() => clock.release())

  test('a desk counts and lists all that its unit owes', async ({ assert, client }) => {
    const city = await givenCity()
    const { taskId } = await givenTask(city, { title: '第一项' })
    await givenCopies('tasks', 510, (index) => ({ number: `T-${index}`, title: `任务${index}` }))
    const tasks = await rowsOf('tasks')
    await givenCopies('task_parts', 510, (index) => ({
      task_id: tasks[index + 1].id,
      due_on: '2026-01-31',
    }))
    const user = await givenUser({ role: 'liaison', unitId: city.finance })
    const page = (await client.get('/governance/desk').loginAs(user)).text()
    assert.match(page, />\s*511\s*</)
    assert.match(page, />\s*510\s*</)
    assert.include(page, `/governance/tasks/${taskId}"`)
    await db.from('task_parts').update({ state: 'submitted' })
    const office = await givenUser({ role: 'leading_group_office' })
    const items = await governanceInbox(await buildActor(office.id), (key) => key)
    assert.lengthOf(items, 511)
  })

  test('a history panel says that there is more than it shows', async ({ assert, client }) => {
    const city = await givenCity()
    const { taskId } = await givenTask(city)
    const user = await givenUser({ role: 'leading_group_office' })
    const page = async () => (await client.get(`/governance/tasks/${taskId}`).loginAs(user)).text()
    const [{ id: partId }] = await rowsOf('task_parts')
    const said = '只列最近 30 条'
    assert.notInclude(await page(), said)
    const event = { action: 'governance.task.exported', changes: {} }
    for (const [subjectType, subjectId, count] of [
      ['task', taskId, 14],
      ['task_part', Number(partId), 18],
    ] as const) {
      for (let index = 0; index < count; index++) {
        await inTransaction((trx) => record(trx, city.office, { ...event, subjectType, subjectId }))
      }
    }
    assert.include(await page(), said)
  })
})
