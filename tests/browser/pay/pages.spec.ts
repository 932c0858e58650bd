import { test } from '@japa/runner'
import { objectToSlip } from '#pay/actions/slips'
import { differencesOf } from '#pay/queries/differences'
import { slipList } from '#pay/queries/slips'
import { buildActor } from '#accounts/queries/build_actor'
import { clock } from '#shared/clock'
import { drainJobs, enqueue } from '#shared/jobs/queue'
import { inTransaction } from '#shared/database'
import { DEPARTMENT_PDF_JOB } from '#pay/jobs/department_slips'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenPerson, givenUser, rowsOf } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, signIn, visit } from '../support/browser.js'
import { givenDecidedCycle } from '../../functional/pay/given_cycle.js'
import {
  compute,
  givenAllotment,
  givenBase,
  givenCorrection,
  givenItems,
  givenPayOffice,
  givenRun,
  givenStaff,
  givenStandards,
  release,
  TODAY,
} from '../../functional/pay/givens.js'

const MAY = { monthFrom: '2022-05', monthTo: '2022-05', payMonth: '2022-06' }

/** A paid month, a changed one, a month with somebody incomplete, a shared-out quarter. */
async function givenPayAtWork() {
  const office = await givenPayOffice()
  await givenStandards()
  const { unitId, personIds } = await givenStaff(6)
  await givenItems(office)
  await givenAllotment(office, unitId, { part: 'basic', fen: 100_000_00 })
  const { allotmentId, totalId } = await givenAllotment(office, unitId, {
    part: 'incentive',
    fen: 60_000_00,
    totalFen: 100_000_00,
    from: '2022-04',
    to: '2022-06',
  })
  const paid = await givenRun(office, unitId, MAY)
  await compute(office, paid)
  await release(office, paid)
  await inTransaction((trx) =>
    enqueue(trx, { kind: DEPARTMENT_PDF_JOB, key: 'slips', payload: { runId: paid } })
  )
  await drainJobs()
  const slips = await slipList({ runId: paid })
  const owner = await givenUser({ personId: slips[0].personId })
  const text = '薪级应为2级'
  await objectToSlip({ slipId: slips[0].id, version: 1, text }, await buildActor(owner.id))
  await givenCorrection(office, slips[0], 11_00)
  await givenBase(personIds[1], { step: 20 })

  const newcomer = await givenPerson({ name: '新来的', name_pinyin: 'a xin' })
  await givenAssignment(newcomer, unitId, { employment_type: 'establishment' })
  const june = await givenRun(office, unitId)
  await compute(office, june)

  const cycleId = await givenDecidedCycle(unitId)
  const shared = await givenRun(office, unitId, {
    kind: 'incentive',
    monthFrom: '2022-04',
    payMonth: '2022-07',
    allotmentId,
    cycleId,
    title: '二季度奖励性绩效',
  })
  await compute(office, shared)
  const [missing] = await slipList({ runId: june, state: 'missing' })
  return { office, unitId, personIds, totalId, paid, june, shared, slips, missing, owner }
}

test.group('Pay in the browser', (group) => {
  let work: Awaited<ReturnType<typeof givenPayAtWork>>

  group.setup(async () => {
    await emptyDatabase()
    clock.freeze(TODAY)
    work = await givenPayAtWork()
  })
  group.teardown(() => clock.release())
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
      const { paid, june, shared, slips, missing, personIds, unitId, totalId, owner } = work
      const [item] = await rowsOf('pay_items')
      const [difference] = await differencesOf({ units: 'all' })
      const tabs = ['people', 'reconciliation', 'compare', 'files']
      const visits = {
        pay_officer: [
          '/pay/totals',
          '/pay/totals/create',
          `/pay/totals/${totalId}`,
          '/pay/totals/use?year=2022',
          `/pay/methods/${unitId}`,
          '/pay/rules',
          '/pay/tax-scales/create',
          '/pay/items',
          '/pay/items/create',
          `/pay/items/${item.id}`,
          `/pay/items/${item.id}/edit`,
          '/pay/bases',
          '/pay/bases/steps',
          `/pay/bases/${personIds[0]}`,
          '/pay/runs',
          '/pay/runs/create',
          `/pay/runs/${june}?state=missing`,
          ...tabs.map((tab) => `/pay/runs/${paid}?tab=${tab}`),
          `/pay/runs/${june}?tab=compare`,
          `/pay/runs/${shared}?tab=reconciliation`,
          `/pay/runs/${paid}/changes`,
          `/pay/runs/${june}/preview?person=${personIds[0]}`,
          `/pay/runs/${shared}/what-if?front_line_tilt=1.2`,
          `/pay/slips/${slips[0].id}`,
          `/pay/slips/${missing.id}`,
          '/pay/differences',
          `/pay/differences/${difference.id}`,
          '/pay/differences/create',
          `/pay/differences/create?slip=${slips[0].id}`,
        ],
        finance_head: ['/pay/equal-pay', '/pay/rules', `/pay/totals/${totalId}`],
      }
      const look = async (username: string, paths: string[]) => {
        const page = await openPage(options)
        await signIn(page, username)
        for (const path of paths) {
          assert.equal(await visit(page, path), 200, path)
          if (options.width > 360) assert.deepEqual(await seriousFindings(page), [], path)
          assert.equal(await overflow(page), 0, path)
        }
        await page.context().close()
      }
      for (const [role, paths] of Object.entries(visits)) {
        const row = { locale: options.locale }
        const user = await givenUser({ role: role as keyof typeof visits, row })
        await look(user.username, paths)
      }
      await look(owner.username, ['/pay/slips', `/pay/slips/${slips[0].id}`])
    })
    .timeout(300_000)
})
