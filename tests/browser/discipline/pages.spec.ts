import { test } from '@japa/runner'
import { addSurplus, openCount, saveCountLines } from '#discipline/actions/counts'
import { createDivestiture } from '#discipline/actions/divestitures'
import { askExemption } from '#discipline/actions/exemptions'
import { countLines } from '#discipline/queries/counts'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, settle, signIn, visit } from '../support/browser.js'
import {
  givenAsset,
  givenExemption,
  givenFreeze,
  INSIDE,
  refusal,
  spend,
} from '../../functional/discipline/givens.js'

test.group('Discipline in the browser', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(INSIDE)
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
      const given = await givenAll()
      for (const [role, paths] of Object.entries(pathsOf(given))) {
        const user = await givenUser({ role: role as any, row: { locale: options.locale } })
        const page = await openPage(options)
        await signIn(page, user.username)
        for (const path of paths) {
          assert.equal(await visit(page, path), 200, path)
          if (options.width === 768) assert.deepEqual(await seriousFindings(page), [], path)
          assert.equal(await overflow(page), 0, path)
        }
        await page.context().close()
      }
    })
    .timeout(300_000)

  test('an officer is refused with the rule; from the record the inspector opens it', async ({
    assert,
  }) => {
    const { unitId } = await givenFreeze()
    const officer = await givenUser({ role: 'finance_officer' })
    const page = await openPage()
    await signIn(page, officer.username)
    await visit(page, '/discipline/spending/create')
    await page.selectOption('[name=unit_id]', String(unitId))
    await page.selectOption('[name=category]', 'dividend')
    await page.fill('[name=payee]', '全体股东')
    await page.fill('[name=amount]', '50,000')
    await page.fill('[name=purpose]', '年度分红')
    await page.fill('[name=voucher_no]', '记-9')
    await page.getByRole('button', { name: '保存' }).click()
    await settle(page)
    assert.include(await page.locator('main').innerText(), '严禁权益分红')
    assert.equal(await page.inputValue('[name=payee]'), '全体股东')
    assert.lengthOf(await rowsOf('spendings'), 0)
    await page.context().close()

    const inspector = await givenUser({ role: 'discipline_inspector' })
    const other = await openPage()
    await signIn(other, inspector.username)
    await visit(other, '/discipline')
    await other.getByRole('link', { name: INSIDE }).first().click()
    await settle(other)
    assert.include(await other.locator('main').innerText(), '¥50,000.00')
    await other.context().close()
  }).timeout(120_000)
})

async function givenAll() {
  const unitId = await givenUnit({ name: '市广播电视台' })
  const [centreId, companyId] = [await givenUnit({ name: '融媒体中心' }), await givenUnit()]
  const assetId = await givenAsset(unitId, { purpose: 'commercial' })
  await givenAsset(unitId)
  const { freezeId, documentId, programme, office } = await givenFreeze([unitId])
  const keeper = await givenActor({ role: 'finance_officer' })
  const countId = await openCount({ unitId, asOf: INSIDE, documentId: null }, keeper)
  const [line] = await countLines(countId)
  const counted = { lineId: line.id, version: 1, facts: line.book, explanation: '待查' }
  await saveCountLines({ countId, lines: [{ ...counted, result: 'missing' }] }, keeper)
  await addSurplus(
    {
      countId,
      name: '无人机',
      category: 'broadcast',
      originalFen: 9,
      netFen: 3,
      facts: { place: null, custodian: null, purpose: 'editorial', condition: 'good' },
      explanation: '接受捐赠',
    },
    keeper
  )
  const divestitureId = await createDivestiture(
    {
      title: '经营性业务剥离',
      fromUnitIds: [unitId],
      centreId,
      companyId,
      effectiveOn: INSIDE,
      documentId: programme,
    },
    keeper
  )
  for (const spentOn of ['2022-02-20', '2022-02-24', '2022-02-28']) {
    await spend(unitId, { payee: '某广告公司', amountFen: 190_000, spentOn })
  }
  const exemptionId = await givenExemption(office, { rule: 'personnel', unitId, documentId })
  await askExemption(
    {
      rule: 'spending',
      unitId,
      personId: null,
      what: '更换发射机',
      why: '设备故障',
      documentId,
      untilOn: '2022-04-30',
      amountFen: 100,
    },
    keeper
  )
  await refusal(spend(unitId, { category: 'dividend' }))
  const [record] = await rowsOf('freeze_records', { outcome: 'refused' })
  const [warning] = await rowsOf('spending_warnings')
  const [spending] = await rowsOf('spendings')
  const ids = { assetId, freezeId, countId, divestitureId, exemptionId }
  return { ...ids, recordId: record.id, warningId: warning.id, spendingId: spending.id }
}

function pathsOf(given: Awaited<ReturnType<typeof givenAll>>) {
  const at = (paths: string[]) => paths.map((path) => `/discipline${path}`)
  return {
    discipline_inspector: at([
      '',
      '/records',
      `/records/${given.recordId}`,
      '/exemptions',
      '/warnings',
      `/warnings/${given.warningId}`,
      '/spending',
      `/spending/${given.spendingId}`,
      '/counts',
      `/counts/${given.countId}?show=differences`,
    ]),
    finance_officer: at([
      '/exemptions/create',
      '/spending/create',
      '/assets',
      '/assets/create',
      `/assets/${given.assetId}`,
      `/assets/${given.assetId}/edit`,
      '/counts/create',
      `/counts/${given.countId}`,
      '/divestitures',
      '/divestitures/create',
      `/divestitures/${given.divestitureId}`,
    ]),
    leading_group_office: at([
      `/freezes/${given.freezeId}`,
      '/freezes/create',
      '/limits',
      `/exemptions/${given.exemptionId}`,
    ]),
  }
}
