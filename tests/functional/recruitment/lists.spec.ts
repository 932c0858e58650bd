import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { recruitmentInbox } from '#recruitment/queries/recruitment_inbox'
import { createPlan } from '#recruitment/actions/save_plan'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { givenCopies, pagesOf } from '#tests/support/lists'
import { givenOffice, givenUnitWithPost, planInput, TODAY } from './givens.js'

test.group('Lists of recruitment end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('plans and notices go by pages; a returned plan waits however many came after it', async ({
    assert,
    client,
  }) => {
    const office = await givenOffice()
    const { unitId, postId } = await givenUnitWithPost(1)
    const posts = [{ postId, places: 1, minEducation: null, maxAge: null, requirements: null }]
    const id = await createPlan(await planInput({ unitId, posts }), office.hr1)
    await db.from('recruitments').update({ state: 'returned' })
    await givenCopies('recruitments', 210, (index) => ({
      number: `ZP-${index}`,
      title: `第${index}次招聘`,
      state: 'closed',
    }))
    const user = await givenUser({ role: 'hr_officer' })
    const pages = await pagesOf(client, '/recruitment/plans', user)
    assert.lengthOf(pages, 5)
    assert.include(pages[4], `/recruitment/plans/${id}"`)
    const inbox = await recruitmentInbox(await buildActor(user.id), (key) => key)
    assert.include(
      inbox.map(({ url }) => url),
      `/recruitment/plans/${id}`
    )
    const notices = await pagesOf(client, '/jobs', user, { lang: 'en' })
    assert.lengthOf(notices, 5)
    assert.include(notices[4], '第0次招聘')
    assert.match(notices[0], /rel="next" href="\/jobs\?[^"]*lang=en/)
  })
})
