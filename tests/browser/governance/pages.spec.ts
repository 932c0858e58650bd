import { test } from '@japa/runner'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { askExtension } from '#governance/actions/extensions'
import { addItem, inviteMeeting, planMeeting } from '#governance/actions/meetings'
import { sendBackPart, submitPart } from '#governance/actions/report_part'
import { runSupervision } from '#governance/jobs/run_supervision'
import { partById } from '#governance/queries/parts'
import { buildActor } from '#accounts/queries/build_actor'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, settle, signIn, visit } from '../support/browser.js'
import {
  givenCity,
  givenHolder,
  givenOrder,
  givenTask,
  hold,
} from '../../functional/governance/givens.js'

test.group('Governance in the browser', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(async () => {
    clock.freeze('2026-02-09')
    await seedCalendar()
    return () => clock.release()
  })
  group.teardown(() => closeBrowser())

  test(
    'every page stands in its window, without a serious finding: {locale}, {theme}, {width} pixels'
  )
    .with([
      { locale: 'zh-CN', theme: 'light', width: 1440 },
      { locale: 'en', theme: 'dark', width: 768 },
      { locale: 'zh-CN', theme: 'light', width: 360 },
    ] as const)
    .run(async ({ assert }, options) => {
      const { city, orderId, taskId, meetingId, liaison } = await givenWork()
      const user = await givenUser({
        role: 'leading_group_office',
        row: { locale: options.locale },
      })
      const page = await openPage(options)
      const look = async (path: string) => {
        assert.equal(await visit(page, path), 200, path)
        if (options.width > 360) assert.deepEqual(await seriousFindings(page), [], path)
        assert.equal(await overflow(page), 0, path)
      }
      await signIn(page, user.username)
      for (const path of [
        '/governance/bodies',
        `/governance/bodies/${city.group}`,
        '/governance/heads',
        `/governance/seats/${city.seats.mayor}`,
        '/governance/meetings',
        ...['agenda', 'attendance', 'minutes'].map(
          (tab) => `/governance/meetings/${meetingId}?tab=${tab}`
        ),
        '/governance/meetings/create',
        '/governance/tasks',
        '/governance/tasks/create',
        `/governance/tasks/${taskId}`,
        '/governance/orders',
        `/governance/orders/${orderId}`,
        '/governance/bulletin',
        `/governance/units/${city.finance}`,
      ]) {
        await look(path)
      }
      await page.context().close()
      const phone = await openPage(options)
      await signIn(phone, liaison.username)
      for (const path of ['/', '/governance/desk', `/governance/tasks/${taskId}`]) {
        assert.equal(await visit(phone, path), 200, path)
        assert.equal(await overflow(phone), 0, path)
      }
      await phone.context().close()
    })
    .timeout(300_000)

  test('a liaison lands on the own tasks and reports one as done; the office accepts it', async ({
    assert,
  }) => {
    const city = await givenCity()
    const { lead } = await givenTask(city)
    const liaison = await givenUser({ role: 'liaison', unitId: city.finance })
    const office = await givenUser({ role: 'leading_group_office' })
    const page = await openPage({ width: 360 })
    await signIn(page, liaison.username)
    assert.equal(new URL(page.url()).pathname, '/')
    await page.getByRole('link', { name: '安排媒体融合专项资金' }).first().click()
    await settle(page)
    await page.getByLabel('办理进展').fill('资金已下达')
    await page.getByRole('button', { name: '报结', exact: true }).click()
    await settle(page)
    assert.equal((await partById(lead.id)).state, 'submitted')
    await page.context().close()

    const desk = await openPage()
    await signIn(desk, office.username)
    await visit(desk, `/governance/tasks/${lead.taskId}`)
    await desk.getByRole('button', { name: '审结', exact: true }).click()
    await desk.locator('dialog:popover-open').getByRole('button', { name: '审结' }).click()
    await settle(desk)
    assert.equal((await partById(lead.id)).state, 'accepted')
    await desk.context().close()
  }).timeout(60_000)
})

/** A meeting that was invited, an order whose clock has run, parts of every kind. */
async function givenWork() {
  const city = await givenCity()
  const secretary = await givenHolder('赵书记')
  await hold({ seatId: city.seats.secretary }, secretary, city.office)
  const liaison = await givenUser({ role: 'liaison', unitId: city.finance })
  const actor = await buildActor(liaison.id)
  const { orderId, taskId, partId } = await givenOrder(city, '2026-02-11')
  await submitPart({ partId, version: 1, content: '已办' }, actor)
  await sendBackPart(
    { partId, version: (await partById(partId)).version, comment: '缺附件' },
    city.office
  )
  await askExtension({ partId, untilOn: '2026-02-28', reason: '等待批复' }, actor)
  await givenTask(city, { title: '常态任务', dueOn: null, rhythm: 'monthly' }, [city.personnel])
  clock.freeze('2026-02-26')
  await runSupervision()
  const meetingId = await planMeeting(
    {
      bodyId: city.group,
      title: '领导小组第1次会议',
      heldOn: '2026-02-26',
      startsAt: '15:00',
      place: '会议室',
      observers: null,
    },
    city.office
  )
  await addItem({ meetingId, title: '审议资金安排', unitId: city.finance }, city.office)
  await inviteMeeting({ meetingId, version: 1 }, city.office)
  return { city, orderId, taskId, meetingId, liaison }
}
