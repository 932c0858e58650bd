import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { addIndicator } from '#assessment/actions/indicators'
import { createSheet } from '#assessment/actions/sheets'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, signIn, visit } from '../support/browser.js'
import { givenAssessment, indicator, TODAY } from '../../functional/assessment/givens.js'

test.group('Assessments in the browser', (group) => {
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
      const { id, unitIds, enter, office, sheetId } = await givenAssessment([
        { weight: 60_00 },
        { name: '“中央厨房”平台建设与试运行情况', weight: 40_00, standard: '以验收报告为准' },
      ])
      await enter(unitIds[0], [{ actual: 90_00 }, { actual: 100_00 }])
      const head = { title: '下一版', validFrom: '2022-07-01', yellowPoints: 1, redPoints: 1 }
      const draft = await createSheet({ ...head, kind: 'outcome' }, office)
      const indicatorId = await addIndicator({ ...indicator(), sheetId: draft }, office)
      const role = 'leading_group_office'
      const user = await givenUser({ role, row: { locale: options.locale } })
      const page = await openPage(options)
      await signIn(page, user.username)
      const paths = [
        '/assessment',
        '/assessment/create',
        `/assessment/${id}`,
        ...unitIds.map((unitId) => `/assessment/${id}/units/${unitId}`),
        '/assessment/sheets',
        '/assessment/sheets/create',
        ...[sheetId, draft].map((sheet) => `/assessment/sheets/${sheet}`),
        `/assessment/sheets/${draft}/edit`,
        `/assessment/sheets/${draft}/indicators/create`,
        `/assessment/indicators/${indicatorId}`,
      ]
      for (const path of paths) {
        assert.equal(await visit(page, path), 200, path)
        if (options.width > 360) assert.deepEqual(await seriousFindings(page), [], path)
        assert.equal(await overflow(page), 0, path)
      }
      await page.context().close()
    })
    .timeout(300_000)
})
