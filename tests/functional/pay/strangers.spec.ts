import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { payInbox } from '#pay/queries/pay_inbox'
import { slipList } from '#pay/queries/slips'
import { clock } from '#shared/clock'
import { formatFen } from '#shared/money'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import {
  givenCorrection,
  givenPaidAsContract,
  givenPayroll,
  givenReleased,
  TODAY,
} from './givens.js'

const TABLES = [
  'pay_totals',
  'pay_total_versions',
  'pay_allotments',
  'pay_runs',
  'pay_slips',
  'pay_lines',
  'pay_differences',
  'pay_items',
  'pay_leader_amounts',
  'pay_months',
  'wage_bases',
  'payslip_views',
  'pay_methods',
  'pay_settlements',
]
const everything = async () => JSON.stringify(await Promise.all(TABLES.map((name) => rowsOf(name))))

/** Beside `pages.spec.ts`, which asks by id, list, file and search. */
test.group('Nobody else’s pay', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  /** A released month of a unit with a difference on its way, and people without a part in it. */
  async function givenMonth() {
    const payroll = await givenPayroll(3, 50_000_00)
    const { office, unitId, personIds } = payroll
    const runId = await givenReleased(office, unitId)
    const slips = await slipList({ runId })
    const correctionId = await givenCorrection(office, slips[1], 1100)
    const away = await givenUnit({ name: '文化公司' })
    const users = {
      colleague: await givenUser({ personId: personIds[0] }),
      manager: await givenUser({ role: 'department_manager', unitId }),
      hr: await givenUser({ role: 'hr_officer' }),
      hrHead: await givenUser({ role: 'hr_head', unitId: away }),
      leader: await givenUser({ role: 'leadership' }),
      sysadmin: await givenUser({ role: 'system_admin' }),
      security: await givenUser({ role: 'security_admin' }),
      auditor: await givenUser({ role: 'auditor' }),
      officerElsewhere: await givenUser({ role: 'pay_officer', unitId: away }),
      headElsewhere: await givenUser({ role: 'finance_head', unitId: away }),
      cashierElsewhere: await givenUser({ role: 'finance_officer', unitId: away }),
    }
    return { ...payroll, runId, slips, correctionId, users }
  }

  test('neither by tab, filter, bank file, difference, base, what-if nor changes', async ({
    client,
    assert,
  }) => {
    const { runId, unitId, correctionId, slips, users } = await givenMonth()
    const { personId, personName } = slips[1]
    const run = `/pay/runs/${runId}`
    const paths = [
      ...['people', 'reconciliation', 'compare', 'files'].map((tab) => `${run}?tab=${tab}`),
      `${run}?q=${encodeURIComponent(personName)}`,
      `${run}?state=computed`,
      `${run}/bank`,
      `${run}/changes`,
      `${run}/what-if`,
      `${run}/slips/1`,
      `/pay/differences/${correctionId}`,
      `/pay/methods/${unitId}`,
      `/pay/bases/${personId}`,
      `/pay/differences/create?slip=${slips[1].id}`,
    ]
    for (const [name, user] of Object.entries(users)) {
      for (const path of paths) {
        const page = await client.get(path).loginAs(user)
        assert.equal(page.status(), 403, `${name} ${path}`)
      }
    }
  }).timeout(60_000)

  test('lists, filters, pictures, the report of totals, inbox and counts leave the unit out', async ({
    client,
    assert,
  }) => {
    const { runId, totalId, slips, personIds, users } = await givenMonth()
    const amounts = slips.slice(1).map(({ netFen }) => formatFen(netFen))
    const lists = [
      'runs',
      'runs?kind=monthly&state=released',
      'totals',
      'totals/use?year=2022',
      'differences',
      'equal-pay',
    ]
    for (const role of ['officerElsewhere', 'headElsewhere'] as const) {
      for (const path of ['bases', 'bases?q=zhigong', ...lists]) {
        const page = await client.get(`/pay/${path}`).loginAs(users[role])
        if (page.status() === 403) continue
        page.assertStatus(200)
        for (const word of [`/pay/runs/${runId}`, `/pay/totals/${totalId}`, '职工1', ...amounts]) {
          assert.notInclude(page.text(), word, `${role} ${path}`)
        }
      }
    }
    const equal = await client.get('/pay/equal-pay').loginAs(users.hrHead)
    assert.include(equal.text(), '没有可比的发放月份')
    for (const [name, user] of Object.entries(users)) {
      const inbox = await payInbox(await buildActor(user.id), (key) => key)
      const mine = name === 'colleague' ? [`/pay/slips/${slips[0].id}`] : []
      assert.deepEqual(
        inbox.map(({ url }) => url),
        mine,
        name
      )
    }
    assert.equal(slips[0].personId, personIds[0])
  }).timeout(60_000)

  test('a group of one says nothing: no mean, no gap, no index, no share of the front line', async ({
    client,
    assert,
  }) => {
    const { runId, slips, unitId, office } = await givenMonth()
    await db.from('pay_slips').where('id', slips[0].id).update({ nature: 'editorial' })
    await givenPaidAsContract(office, unitId, [slips[2].id])
    const head = await givenUser({ role: 'hr_head' })
    const page = await client.get('/pay/equal-pay').loginAs(head)
    page.assertStatus(200)
    assert.include(page.text(), '一方人数不足')
    for (const { grossFen, netFen } of slips) {
      assert.notInclude(page.text(), formatFen(grossFen))
      assert.notInclude(page.text(), formatFen(netFen))
    }
    assert.notInclude(page.text(), '一线采编占')
    assert.isAbove(runId, 0)
  })

  test('the log keeps no amount; nothing is moved or written by a stranger', async ({
    client,
    assert,
  }) => {
    const { runId, unitId, totalId, slips, correctionId, users } = await givenMonth()
    const [{ id: version }] = await rowsOf('pay_total_versions')
    const [{ id: allotment }] = await rowsOf('pay_allotments')
    const log = JSON.stringify(await rowsOf('audit_events', { subject_type: 'pay_run' }))
    for (const { grossFen, netFen } of slips) {
      assert.notInclude(log, String(grossFen))
      assert.notInclude(log, String(netFen))
    }
    const slip = `slips/${slips[1].id}`
    const paths = [
      ...['settings', 'leaders', 'compute', 'check', 'approve', 'release', 'pay', 'return'].map(
        (move) => `runs/${runId}/${move}`
      ),
      ...['cancel', 'changes', 'slips'].map((move) => `runs/${runId}/${move}`),
      ...[
        'confirmation',
        'objection',
        'answer',
        'aside',
        'bank-return',
        'bank-repayment',
        'pdf',
      ].map((move) => `${slip}/${move}`),
      `differences/${correctionId}/approval`,
      `differences/${correctionId}/return`,
      `methods/${unitId}`,
      `totals/${totalId}/allotments`,
      `bases/${slips[1].personId}`,
      ...['approval', 'return'].map((move) => `total-versions/${version}/${move}`),
      ...['release', 'return'].map((move) => `allotments/${allotment}/${move}`),
    ]
    const form = { version: 1, comment: '改', reason: '改', text: '改', note: '改', amount: '1' }
    const before = await everything()
    for (const [name, user] of Object.entries(users)) {
      for (const path of paths) {
        const sent = await client
          .post(`/pay/${path}`)
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
          .form(form)
        assert.equal(sent.status(), 403, `${name} ${path}`)
      }
    }
    assert.equal(await everything(), before)
  }).timeout(120_000)
})
