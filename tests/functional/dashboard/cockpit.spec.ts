import { test } from '@japa/runner'
import { buildActor } from '#accounts/queries/build_actor'
import { cockpitOf } from '#dashboard/queries/cockpit'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser } from '#tests/support/givens'
import { givenFreeze } from '../discipline/givens.js'
import { givenReform, TODAY } from './givens.js'

const t = (key: string) => key

test.group('Cockpit', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('the next fixed date, lights, slips and tasks, as the records have them', async ({
    assert,
  }) => {
    const { city, kitchen, build } = await givenReform()
    const leader = await buildActor((await givenUser({ role: 'leadership' })).id)
    const { programme, tasks, transfers } = await cockpitOf(leader, t)
    assert.deepInclude(programme!.next, { itemId: kitchen, fixedOn: '2022-03-31', daysLeft: 21 })
    assert.deepEqual(
      programme!.milestones.map(({ light }) => light),
      ['done', 'green']
    )
    assert.deepEqual(
      programme!.slips.map(({ itemId, days }) => [itemId, days]),
      [[build, 2]]
    )
    assert.deepEqual(
      tasks!.map(({ unitId, lights }) => [unitId, lights.red, lights.green]),
      [
        [city.finance, 1, 0],
        [city.personnel, 0, 1],
      ]
    )
    assert.deepInclude(transfers!, { done: 0, planned: 0, unbalanced: 0 })
  })

  test('leadership and its office land on it; every figure opens into its rows', async ({
    client,
    assert,
  }) => {
    const { kitchen } = await givenReform()
    await givenFreeze(undefined, { to: '2022-05-01' })
    for (const role of ['leadership', 'leading_group_office'] as const) {
      const user = await givenUser({ role })
      const response = await client.get('/').loginAs(user)
      response.assertStatus(200)
      const page = response.text()
      assert.include(page, '改革总览')
      assert.include(page, `href="/programme/items/${kitchen}"`)
      assert.include(page, '冻结期 · 至 2022年5月1日')
      const links = [...page.matchAll(/class="figure[^"]*" href="([^"#]+)"/g)].map(([, at]) => at)
      assert.isAtLeast(links.length, 5)
      for (const link of new Set(links)) {
        const rows = await client.get(link.replaceAll('&amp;', '&')).loginAs(user)
        assert.equal(rows.status(), 200, `${role} ${link}`)
      }
    }
  }).timeout(60_000)

  test('a liaison’s cockpit has the own unit’s figures and nothing of another', async ({
    client,
    assert,
  }) => {
    const { city } = await givenReform()
    const user = await givenUser({ role: 'liaison', unitId: city.personnel })
    const response = await client.get('/cockpit').loginAs(user)
    response.assertStatus(200)
    assert.notInclude(response.text(), '市财政局')
    assert.notInclude(response.text(), '中央厨房试运行')
    const stranger = await client.get('/cockpit').loginAs(await givenUser({ role: 'editor' }))
    stranger.assertStatus(403)
  })

  test('the wall draws the same without menu and is for the same people', async ({
    client,
    assert,
  }) => {
    await givenReform()
    const leader = await givenUser({ role: 'leadership' })
    const wall = await client.get('/cockpit?wall=1').loginAs(leader)
    wall.assertStatus(200)
    assert.include(wall.text(), 'data-controller="refresh"')
    assert.notInclude(wall.text(), 'class="sidebar"')
    const stranger = await client.get('/cockpit?wall=1').loginAs(await givenUser())
    stranger.assertStatus(403)
  })

  test('an empty house has a cockpit too', async ({ client }) => {
    const response = await client.get('/').loginAs(await givenUser({ role: 'leadership' }))
    response.assertStatus(200)
  })
})

test.group('Landings of liaison and inspector', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('a liaison lands on what the own unit owes, until when', async ({ client, assert }) => {
    const { city, late } = await givenReform()
    const user = await givenUser({ role: 'liaison', unitId: city.finance })
    const page = await client.get('/').loginAs(user)
    page.assertStatus(200)
    assert.include(page.text(), '市财政局 · 应办事项')
    assert.include(page.text(), `href="/governance/tasks/${late.taskId}"`)
    assert.include(page.text(), '逾期 9 天')
    assert.notInclude(page.text(), '岗位设置')
  })

  test('what a unit owes is opened by who sees the unit, and by nobody else', async ({
    client,
    assert,
  }) => {
    const { city, plan, build } = await givenReform()
    const get = async (unitId: number, user: any) => client.get(`/units/${unitId}`).loginAs(user)
    const leader = await givenUser({ role: 'leadership' })
    const own = await get(plan.unitId, leader)
    own.assertStatus(200)
    assert.include(own.text(), `href="/programme/items/${build}"`)
    const liaison = await givenUser({ role: 'liaison', unitId: city.personnel })
    const mine = await get(city.personnel, liaison)
    mine.assertStatus(200)
    assert.include(mine.text(), '岗位设置')
    const other = await get(city.finance, liaison)
    other.assertStatus(403)
    const elsewhere = await givenUser({ role: 'hr_officer', unitId: await givenUnit() })
    const refused = await get(city.finance, elsewhere)
    refused.assertStatus(403)
    const missing = await get(999_999, leader)
    missing.assertStatus(404)
  })

  test('the inspector lands on attempts, exemptions, differences and warnings', async ({
    client,
    assert,
  }) => {
    await givenFreeze(undefined, { to: '2022-05-01' })
    const user = await givenUser({ role: 'discipline_inspector' })
    const response = await client.get('/').loginAs(user)
    response.assertStatus(200)
    const page = response.text()
    for (const text of ['违规尝试', '待批豁免', '清查差异', '花钱预警']) assert.include(page, text)
    const links = [...page.matchAll(/class="figure[^"]*" href="([^"#]+)"/g)].map(([, at]) => at)
    for (const link of links) {
      const rows = await client.get(link.replaceAll('&amp;', '&')).loginAs(user)
      assert.equal(rows.status(), 200, link)
    }
  })
})
