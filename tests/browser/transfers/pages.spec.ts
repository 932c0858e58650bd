import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { checkBatch } from '#transfers/actions/check_batch'
import { executeBatch } from '#transfers/actions/execute_batch'
import { linesOf } from '#transfers/queries/lines'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, settle, signIn, visit } from '../support/browser.js'
import {
  checkAndSubmit,
  EFFECTIVE,
  givenBatch,
  givenCity,
  givenLines,
  givenPeopleOfOffice,
  givenPost,
  givenSeats,
  givenStaff,
  signAll,
  TODAY,
  versionOf,
} from '../../functional/transfers/givens.js'

test.group('Transfers in the browser', (group) => {
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
      const { draft, executed } = await givenBatches()
      const user = await givenUser({ role: 'hr_officer', row: { locale: options.locale } })
      const page = await openPage(options)
      await signIn(page, user.username)
      const tabs = ['lines', 'grid', 'checks', 'papers', 'certificate']
      const paths = [
        '/transfers/batches',
        '/transfers/batches/create',
        '/transfers/flow',
        `/transfers/batches/${draft}/lines/create`,
        `/transfers/batches/${draft}/edit`,
        ...tabs.map((tab) => `/transfers/batches/${draft}?tab=${tab}`),
        `/transfers/batches/${executed}?tab=certificate`,
        `/transfers/batches/${executed}/reversal`,
      ]
      for (const path of paths) {
        assert.equal(await visit(page, path), 200, path)
        if (options.width > 360) assert.deepEqual(await seriousFindings(page), [], path)
        assert.equal(await overflow(page), 0, path)
      }
      await page.context().close()
    })
    .timeout(300_000)

  test('posts are chosen in the grid with the keyboard alone', async ({ assert }) => {
    const { draft } = await givenBatches()
    const user = await givenUser({ role: 'hr_officer' })
    const page = await openPage()
    await signIn(page, user.username)
    await visit(page, `/transfers/batches/${draft}?tab=grid&q=广告`)
    const first = page.locator('select[name="lines[0][place]"]')
    await first.focus()
    await page.keyboard.type('E03')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate('document.activeElement.name'), 'lines[1][place]')
    await page.keyboard.type('E03')
    await page.getByRole('button', { name: '保存' }).press('Enter')
    await settle(page)
    const lines = await linesOf(draft)
    assert.lengthOf(
      lines.filter(({ personId, toPostId }) => personId && !toPostId),
      0
    )
    await page.context().close()
  })
})

/** A draft with blocked and passed lines, and a batch that has been executed. */
async function givenBatches() {
  const city = await givenCity()
  const office = await givenPeopleOfOffice()
  const business = await givenPost(city.paper, { name: '广告业务员', nature: 'commercial' })
  for (let index = 0; index < 3; index++) {
    await givenStaff(city.tv, { post_id: city.editor }, { name: `职工${index}` })
  }
  await givenSeats(city.tv, 2)
  const executed = await givenBatch(office.officer, '市广播电视台连人带编划入市融媒体中心')
  await givenLines(executed, city, office.officer)
  await checkAndSubmit(executed, office.officer)
  await signAll(executed, office)
  clock.freeze(EFFECTIVE)
  await executeBatch({ batchId: executed }, office.unit)

  await givenStaff(city.paper, { post_id: business }, { name: '广告甲' })
  await givenStaff(city.paper, { post_id: business }, { name: '广告乙' })
  await givenStaff(city.paper, { post_id: city.editor }, { name: '编辑丙' })
  const draft = await givenBatch(office.officer, '市报社连人带编划入市融媒体中心')
  await givenLines(draft, city, office.officer, [city.paper])
  await checkBatch({ batchId: draft, version: await versionOf(draft) }, office.officer)
  return { draft, executed }
}
