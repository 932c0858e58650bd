import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { announceResult, chooseCandidates } from '#recruitment/actions/move_plan'
import { recordCheck } from '#recruitment/actions/checks'
import { addExaminer } from '#recruitment/actions/examiners'
import { applicationList } from '#recruitment/queries/applications'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, settle, signIn, visit } from '../support/browser.js'
import {
  applyMany,
  at,
  close,
  enterTwice,
  givenOffice,
  givenOpenPlan,
  identityNo,
  TODAY,
  toTests,
} from '../../functional/recruitment/givens.js'

test.group('Recruitment in the browser', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
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
      const { open, testing, announced, application } = await givenPlans()
      const user = await givenUser({ role: 'hr_officer', row: { locale: options.locale } })
      const page = await openPage(options)
      const look = async (path: string) => {
        assert.equal(await visit(page, path), 200, path)
        if (options.width > 360) assert.deepEqual(await seriousFindings(page), [], path)
        assert.equal(await overflow(page), 0, path)
      }
      for (const path of [
        '/jobs',
        `/jobs/${open}`,
        `/jobs/${announced}`,
        `/jobs/${open}/applications`,
        '/jobs/status',
      ]) {
        await look(path)
      }
      await signIn(page, user.username)
      const tabs = ['overview', 'applications', 'tests', 'ranking', 'publicity']
      for (const path of [
        '/recruitment/plans',
        '/recruitment/plans/create',
        '/recruitment/own',
        ...tabs.map((tab) => `/recruitment/plans/${announced}?tab=${tab}`),
        `/recruitment/plans/${testing}?tab=tests`,
        `/recruitment/plans/${testing}/scores/written/0`,
        `/recruitment/applications/${application}`,
      ]) {
        await look(path)
      }
      await page.context().close()
    })
    .timeout(300_000)

  test('a citizen applies, keeps the receipt and asks for the state; nobody applies twice', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    const page = await openPage({ width: 360 })
    const identity = identityNo()
    const fill = async () => {
      await visit(page, `/jobs/${id}/applications?post=${recruitmentPostId}`)
      await page.locator('[name=name]').fill('王小明')
      await page.locator('[name=identity_no]').fill(identity)
      await page.locator('[name=phone]').fill('138 0013 8000')
      await page.locator('[name=education]').selectOption('undergraduate')
      await page.locator('[name=school]').fill('四川某大学')
      await page.locator('[name=experience]').fill('实习记者')
      await page.locator('[name="files[]"]').setInputFiles({
        name: '毕业证.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.4\n'),
      })
      await page.locator('[name=agree]').check()
      await page.getByRole('button', { name: '提交报名' }).click()
      await settle(page)
    }
    await fill()
    const row = await db.from('recruitment_applications').firstOrFail()
    assert.include(await page.locator('main').innerText(), row.number)
    await fill()
    assert.include(await page.locator('main').innerText(), '已在本次招聘中报名')
    assert.equal(await page.locator('[name=name]').inputValue(), '王小明')
    await visit(page, '/jobs/status')
    await page.locator('[name=number]').fill(row.number)
    await page.locator('[name=identity_no]').fill(identity)
    await page.getByRole('button', { name: '搜索' }).click()
    await settle(page)
    const answer = await page.locator('main').innerText()
    assert.include(answer, '待审核')
    assert.notInclude(answer, identity)
    await page.context().close()
  }).timeout(180_000)
})

/** One plan open for applications, one in its tests, one whose people are announced. */
async function givenPlans() {
  await seedCalendar()
  const office = await givenOffice()
  const { id: open } = await givenOpenPlan(office)
  const { id: testing, recruitmentPostId } = await givenOpenPlan(office)
  await applyMany(testing, recruitmentPostId, 6)
  const third = await givenOpenPlan(office)
  await applyMany(third.id, third.recruitmentPostId, 6)
  await toTests(testing, office)
  await toTests(third.id, office)
  await enterTwice(third.id, 'written', 0, office, (index) => 7000 + index * 100)
  await close(third.id, 'written', office.head)
  const examinerId = await addExaminer(
    { recruitmentId: third.id, name: '考官甲', organization: '党校', personId: null },
    office.hr1
  )
  await enterTwice(third.id, 'interview', examinerId, office, () => 8000)
  await close(third.id, 'interview', office.head)
  await chooseCandidates(await at(third.id), office.head)
  for (const { id, version } of await applicationList({
    recruitmentId: third.id,
    state: 'candidate',
  })) {
    const passed = { applicationId: id, result: 'passed' as const, note: null }
    await recordCheck({ ...passed, version, kind: 'background' }, office.hr1)
    await recordCheck({ ...passed, version: version + 1, kind: 'medical' }, office.hr1)
  }
  await announceResult(await at(third.id), office.head)
  // The form is open again on the day on which applications are taken.
  await db.from('recruitments').where('id', open).update({ apply_to: '2022-03-31' })
  const [{ id: application }] = await applicationList({ recruitmentId: third.id })
  return { open, testing, announced: third.id, application }
}
