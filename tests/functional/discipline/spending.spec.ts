import { test } from '@japa/runner'
import {
  approveExemption,
  askExemption,
  revokeExemption,
  withdrawExemption,
} from '#discipline/actions/exemptions'
import { correctSpending } from '#discipline/actions/spending'
import { setLimit } from '#discipline/actions/set_limit'
import { settleWarning } from '#discipline/actions/watch_spending'
import { checkDiscipline } from '#discipline/queries/discipline_checks'
import { disciplineInbox } from '#discipline/queries/discipline_inbox'
import { exemptionById } from '#discipline/queries/exemptions'
import { spendingById } from '#discipline/queries/spending'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenPerson, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import db from '@adonisjs/lucid/services/db'
import { givenExemption, givenFreeze, INSIDE, refusal, spend } from './givens.js'

const ROUNDS = 60

test.group('Spending during the freeze', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(INSIDE)
    return () => clock.release()
  })

  const take = async (spendingId: number, actor: any) => {
    const { version } = await spendingById(spendingId)
    return correctSpending({ spendingId, version, reason: '重复登记' }, actor)
  }

  test('daily spending passes within the ceilings of a payment and of a month', async ({
    assert,
  }) => {
    const { unitId } = await givenFreeze()
    const key = 'discipline.refused.spending'
    // 办公费: 2,000 a payment, 10,000 a month.
    assert.equal(await refusal(spend(unitId, { amountFen: 200_001 })), key)
    const ids = []
    for (let time = 0; time < 5; time++) ids.push(await spend(unitId, { amountFen: 200_000 }))
    assert.equal(await refusal(spend(unitId, { amountFen: 1 })), key)
    await spend(unitId, { amountFen: 1, spentOn: '2022-02-28' })
    await spend(unitId, { amountFen: 1, category: 'travel' })
    await take(ids[0], await givenActor({ role: 'finance_officer' }))
    await spend(unitId, { amountFen: 200_000 })
    assert.equal(await refusal(spend(unitId, { amountFen: 1 })), key)
    assert.deepEqual(await checkDiscipline(), [])
    const rows = await rowsOf('spendings')
    assert.isTrue(rows.every(({ basis }) => basis === 'daily'))
  })

  test(`two payments that together pass the month's ceiling: one is refused, ${ROUNDS} rounds`, async ({
    assert,
  }) => {
    const { unitId } = await givenFreeze()
    const officer = await givenActor({ role: 'finance_officer' })
    for (let time = 0; time < 4; time++) await spend(unitId, { amountFen: 200_000 })
    for (let round = 0; round < ROUNDS; round++) {
      const voucherNo = `记-${round}`
      const answers = await Promise.allSettled([
        spend(unitId, { amountFen: 150_000, voucherNo }),
        spend(unitId, { amountFen: 150_000, voucherNo }),
      ])
      const won = answers.filter(({ status }) => status === 'fulfilled')
      assert.lengthOf(won, 1, `round ${round}`)
      await take((won[0] as PromiseFulfilledResult<number>).value, officer)
    }
    assert.deepEqual(await checkDiscipline(), [])
  }).timeout(120_000)

  test('ceilings are dated; the month is never below a payment; bonus has none', async ({
    assert,
  }) => {
    const { unitId, documentId, office } = await givenFreeze()
    const limit = {
      category: 'office' as const,
      singleFen: 500_000,
      monthFen: 2_000_000,
      documentId,
      validFrom: '2022-03-01',
    }
    await setLimit(limit, office)
    await setLimit({ ...limit, singleFen: 300_000 }, office)
    await spend(unitId, { amountFen: 300_000 })
    assert.isNotNull(await refusal(spend(unitId, { amountFen: 300_001 })))
    assert.isNotNull(await refusal(spend(unitId, { amountFen: 300_000, spentOn: '2022-02-28' })))
    assert.equal(
      await refusal(setLimit({ ...limit, monthFen: 1 }, office)),
      'discipline.errors.month_below_single'
    )
    assert.equal(
      await refusal(setLimit({ ...limit, category: 'bonus' }, office)),
      'discipline.errors.not_daily'
    )
    assert.isNotNull(await refusal(spend(unitId, { amountFen: 1, category: 'bonus' })))
  })

  test('an exemption names its amount and is used up; a wrong line gives it back', async ({
    assert,
  }) => {
    const { unitId, documentId, office } = await givenFreeze()
    const input = { category: 'equipment' as const, amountFen: 600_000 }
    const exemptionId = await givenExemption(office, { rule: 'spending', unitId, documentId })
    const spendingId = await spend(unitId, input)
    assert.equal(await refusal(spend(unitId, input)), 'discipline.refused.spending')
    await spend(unitId, { ...input, amountFen: 400_000 })
    assert.equal((await exemptionById(exemptionId)).usedFen, 1_000_000)
    const officer = await givenActor({ role: 'finance_officer' })
    await take(spendingId, officer)
    await assert.rejects(() => take(spendingId, officer), 'discipline.errors.corrected_before')
    assert.equal((await exemptionById(exemptionId)).usedFen, 400_000)
    assert.deepEqual(await checkDiscipline(), [])
    const { version } = await exemptionById(exemptionId)
    await revokeExemption({ exemptionId, version, comment: '不再需要' }, office)
    assert.equal(
      await refusal(spend(unitId, { ...input, amountFen: 1 })),
      'discipline.refused.spending'
    )
  })

  test('asked by one and decided by another; refused where it does not fit', async ({ assert }) => {
    const { unitId, documentId, office } = await givenFreeze()
    const asker = await givenActor({ role: 'finance_officer' })
    const input = {
      rule: 'personnel' as const,
      unitId,
      personId: await givenPerson(),
      what: '聘用播音员',
      why: '节目缺人',
      documentId,
      untilOn: '2022-04-30',
      amountFen: null,
    }
    const cases = [
      [{ unitId: await givenUnit() }, 'discipline.errors.unit_not_frozen'],
      [{ untilOn: '2022-02-28' }, 'discipline.errors.until_past'],
      [{ rule: 'spending' }, 'discipline.errors.amount_needed'],
      [{ personId: 9_999 }, 'discipline.errors.person_unknown'],
    ] as const
    for (const [wrong, key] of cases) {
      assert.equal(await refusal(askExemption({ ...input, ...wrong } as any, asker)), key)
    }
    const exemptionId = await askExemption(input, asker)
    const [waiting] = await disciplineInbox(office, (key) => key)
    assert.equal(waiting.url, `/discipline/exemptions/${exemptionId}`)
    const both = await givenActor({ role: 'leading_group_office' })
    const own = await askExemption(input, both)
    assert.equal(
      await refusal(approveExemption({ exemptionId: own, version: 1 }, both)),
      'discipline.errors.same_person'
    )
    assert.equal(
      await refusal(withdrawExemption({ exemptionId, version: 1 }, office)),
      'discipline.errors.other_asker'
    )
    await approveExemption({ exemptionId, version: 1 }, office)
    assert.equal((await exemptionById(exemptionId)).state, 'approved')
    assert.equal(
      await refusal(approveExemption({ exemptionId, version: 2 }, office)),
      'shared.errors.move'
    )
  })

  test('small amounts just below the ceiling to one payee are a warning that grows and goes', async ({
    assert,
  }) => {
    const { unitId } = await givenFreeze()
    const officer = await givenActor({ role: 'finance_officer' })
    const inspector = await givenActor({ role: 'discipline_inspector' })
    const payment = { payee: '某广告公司', amountFen: 190_000 }
    const ids = []
    for (const spentOn of ['2022-02-20', '2022-02-24', '2022-02-28']) {
      ids.push(await spend(unitId, { ...payment, spentOn }))
    }
    const warning = async () => (await rowsOf('spending_warnings', { kind: 'split' }))[0]
    assert.deepInclude(await warning(), { state: 'open', payments: 3, payee: '某广告公司' })
    const inbox = await disciplineInbox(inspector, (key) => key)
    assert.lengthOf(
      inbox.filter(({ kind }) => kind === 'discipline.warning'),
      1
    )
    await take(ids[2], officer)
    assert.equal((await warning()).state, 'gone')
    await spend(unitId, { ...payment, spentOn: '2022-03-01' })
    const row = await warning()
    assert.equal(row.state, 'open')
    const settle = {
      warningId: Number(row.id),
      version: Number(row.version),
      comment: '已核对合同',
    }
    await settleWarning({ ...settle, verb: 'clear' }, inspector)
    await spend(unitId, { category: 'travel', amountFen: 1 })
    assert.equal((await warning()).state, 'cleared')
    assert.lengthOf(await rowsOf('spending_warnings'), 1)
  })

  test('a burst in the last days of the freeze is a warning', async ({ assert }) => {
    const { unitId } = await givenFreeze()
    clock.freeze('2022-04-20')
    for (const spentOn of ['2022-02-25', '2022-03-10', '2022-03-25', '2022-04-05']) {
      await spend(unitId, { amountFen: 50_000, spentOn })
    }
    assert.lengthOf(await rowsOf('spending_warnings'), 0)
    for (const category of ['repair', 'printing'] as const) {
      await spend(unitId, { category, amountFen: 300_000, spentOn: '2022-04-18' })
    }
    const [found] = await rowsOf('spending_warnings')
    assert.deepInclude(found, { kind: 'burst', payments: 2 })
    assert.equal(Number(found.total_fen), 600_000)
  })

  test('pages, exports and strangers', async ({ client, assert }) => {
    const { unitId, documentId, office } = await givenFreeze()
    await spend(unitId)
    for (const spentOn of ['2022-02-20', '2022-02-24', '2022-02-28']) {
      await spend(unitId, { payee: '某广告公司', amountFen: 190_000, spentOn })
    }
    const exemptionId = await givenExemption(office, { rule: 'spending', unitId, documentId })
    await spend(unitId, { category: 'equipment' })
    const [warning] = await rowsOf('spending_warnings')
    const [spending] = await rowsOf('spendings')
    const one = [
      `/discipline/spending/${spending.id}`,
      `/discipline/exemptions/${exemptionId}`,
      `/discipline/exemptions/${exemptionId}/notice`,
      `/discipline/warnings/${warning.id}`,
    ]
    const lists = [
      '/discipline/spending?category=office&from=2022-01-01&to=2022-12-31&payee=广告',
      '/discipline/spending/export',
      '/discipline/limits',
      '/discipline/warnings',
      '/discipline/exemptions?state=approved',
    ]
    const inspector = await givenUser({ role: 'discipline_inspector' })
    for (const path of [...one, ...lists]) {
      const page = await client.get(path).loginAs(inspector)
      page.assertStatus(200)
    }
    assert.lengthOf(await rowsOf('audit_events', { action: 'discipline.exemption.exported' }), 1)
    const elsewhere = await givenUser({ role: 'discipline_inspector', unitId: await givenUnit() })
    for (const path of one) {
      const page = await client.get(path).loginAs(elsewhere)
      page.assertStatus(403)
    }
    const list = await client.get('/discipline/spending').loginAs(elsewhere)
    assert.notInclude(list.text(), '某广告公司')
    const sent = await client
      .post(`/discipline/warnings/${warning.id}/clearing`)
      .loginAs(elsewhere)
      .withCsrfToken()
      .redirects(0)
      .form({ version: warning.version, comment: '无' })
    sent.assertStatus(403)
    assert.equal((await db.from('spending_warnings').first()).state, 'open')
  })

  test('what was typed of an amount that is none comes back with the reason', async ({
    client,
    assert,
  }) => {
    const { unitId } = await givenFreeze()
    const officer = await givenUser({ role: 'finance_officer' })
    const form = {
      unit_id: unitId,
      category: 'office',
      payee: '文具商店',
      amount: '1e3',
      purpose: '纸',
      voucher_no: '记-3',
      spent_on: INSIDE,
      _key: 'once',
    }
    const send = (input: object) =>
      client
        .post('/discipline/spending')
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .form({ ...form, ...input })
    const bad = await send({})
    assert.property(bad.flashMessage('inputErrorsBag'), 'amount')
    assert.equal(bad.flashMessage('payee'), '文具商店')
    for (let time = 0; time < 2; time++) await send({ amount: '￥1,234.5' })
    const rows = await rowsOf('spendings')
    assert.deepEqual(
      rows.map((row) => Number(row.amount_fen)),
      [123_450]
    )
  })
})
