import { test } from '@japa/runner'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { decideConflict } from '#programme/actions/decide_conflict'
import { submitEvidence } from '#programme/actions/evidence'
import { createFeed } from '#programme/actions/feeds'
import { writeFixedDate } from '#programme/actions/fixed_dates'
import { linkTask } from '#programme/actions/link_task'
import { createItem } from '#programme/actions/save_item'
import { setBaseline } from '#programme/actions/set_baseline'
import { outlook } from '#programme/queries/forecast'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { buildActor } from '#accounts/queries/build_actor'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, settle, signIn, visit } from '../support/browser.js'
import { importSample } from '../../functional/imports/samples.js'
import {
  conflictsNow,
  givenResolution,
  importMilestones,
  RESOLUTION,
  rowNow,
  TODAY,
} from '../../functional/programme/givens.js'

test.group('The programme in the browser', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(async () => {
    clock.freeze(TODAY)
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
      const row = { locale: options.locale }
      const office = await givenUser({ role: 'leading_group_office', row })
      const leader = await givenUser({ role: 'leadership', row })
      const page = await openPage(options)
      const look = async (path: string) => {
        assert.equal(await visit(page, path), 200, path)
        if (options.width > 360) assert.deepEqual(await seriousFindings(page), [], path)
        assert.equal(await overflow(page), 0, path)
      }
      await signIn(page, office.username)
      await look('/programme')
      await look('/programme/create')

      const { milestoneId, workId, fromId, toId, baselineId } = await givenPlan(
        office.id,
        leader.id
      )
      for (const path of [
        '/programme',
        '/programme?by=unit',
        '/programme/edit',
        '/programme/items/create',
        `/programme/items/${milestoneId}`,
        `/programme/items/${workId}`,
        `/programme/items/${workId}/edit`,
        `/programme/items/${toId}`,
        `/programme/what-if?item[0]=${workId}&days[0]=10`,
        '/programme/conflicts',
        `/programme/conflicts/${fromId}/${toId}`,
        '/programme/baselines',
        `/programme/baselines/${baselineId}`,
        '/programme/feeds',
      ]) {
        await look(path)
      }
      await page.context().clearCookies({ name: /session/ })
      await signIn(page, leader.username)
      for (const path of [
        '/programme',
        `/programme/items/${workId}`,
        '/programme/conflicts',
        `/programme/conflicts/${fromId}/${toId}`,
      ]) {
        await look(path)
      }
      await page.context().close()
    })
    .timeout(300_000)

  test('a resolution is found by typing, and moves the fixed date', async ({ assert }) => {
    const office = await givenUser({ role: 'leading_group_office' })
    await importMilestones()
    const milestoneId = (await outlook())!.rows[6].id
    await givenResolution('approved')
    const page = await openPage()
    await signIn(page, office.username)
    await visit(page, `/programme/items/${milestoneId}`)
    await page.locator('input[name="fixed_on"]').fill('2022-10-31')
    await page.getByRole('combobox', { name: '议定事项编号' }).fill('市融改纪[2022]3号（1）')
    await page.getByRole('option', { name: RESOLUTION }).click()
    await page.getByRole('button', { name: '变更规定日期' }).click()
    await settle(page)
    assert.equal((await rowNow(milestoneId)).fixedOn, '2022-10-31')
    const [, changed] = await rowsOf('fixed_dates', { item_id: milestoneId })
    assert.equal(changed.resolution_no, RESOLUTION)
    await page.context().close()
  })
})

/**
 * The plan as printed, both contradictions decided, with work below its last milestone and a
 * baseline; then one of them is opened again.
 */
async function givenPlan(officeId: number, leaderId: number) {
  const [office, leader] = [(await buildActor(officeId))!, (await buildActor(leaderId))!]
  await importMilestones()
  const { rows } = (await outlook())!
  const at = (number: number) => rows[number - 1].id
  for (const [from, to] of [
    [1, 4],
    [3, 5],
  ]) {
    await decideConflict(
      {
        fromId: at(from),
        toId: at(to),
        choice: 'suggestion',
        fromOn: null,
        toOn: null,
        reason: '年份误写',
        documentId: null,
      },
      leader
    )
  }
  const milestoneId = at(7)
  const workId = await createItem(
    {
      number: null,
      name: '中央厨房设备安装与联调',
      kind: 'work',
      phaseId: milestoneId,
      leadUnitId: rows[6].leadUnitId,
      supportUnitIds: [rows[2].leadUnitId],
      duration: 20,
      responsibleId: null,
      notBefore: '2022-02-07',
      deliverable: '联调报告',
      criteria: '连续运行七天无故障',
      basis: '方案五（三）',
      factCode: null,
    },
    office
  )
  await importSample('governance', 'reform-plan.xlsx')
  const [task] = await rowsOf('tasks')
  await linkTask({ itemId: workId, taskNumber: task.number }, office)
  const evidence = { itemId: workId, happenedOn: TODAY, text: '设备已到货', documentId: null }
  await submitEvidence(evidence, office)
  const baselineId = await setBaseline(
    { name: '首份基线', reason: '方案批准', documentId: null },
    office
  )
  await createFeed({ name: '牵头事项', unitId: null }, office)
  await inTransaction((trx) =>
    writeFixedDate(trx, leader, at(1), {
      fixedOn: '2022-12-30',
      source: 'conflict',
      documentId: null,
      reason: '另行决定',
    })
  )
  const open = await conflictsNow()
  if (!open.includes('1→4')) throw new Error(`not open: ${open.join()}`)
  return { milestoneId, workId, fromId: at(1), toId: at(4), baselineId }
}
