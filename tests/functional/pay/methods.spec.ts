import { test } from '@japa/runner'
import { checkRun, approveRun } from '#pay/actions/move_run'
import { releaseRun } from '#pay/actions/release_run'
import { withdrawMethod } from '#pay/actions/withdraw_method'
import { runById } from '#pay/queries/runs'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenIncentive } from './given_cycle.js'
import { at, compute, givenMethod, METHOD_DAYS, TODAY, type Office } from './givens.js'

test.group('Distribution method of a unit', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  /** An incentive run paid in July, approved, in a unit without a method. */
  async function givenApproved() {
    const given = await givenIncentive(2, { method: false })
    const { office, runId } = given
    await compute(office, runId)
    await checkRun(await at(runId), office.officer)
    await approveRun(await at(runId), office.head)
    const release = async () => releaseRun(await at(runId), office.cashier)
    return { ...given, release }
  }

  test('no incentive run is released without it, nor by one of later or of another unit', async ({
    assert,
  }) => {
    const { office, unitId, runId, release } = await givenApproved()
    await assert.rejects(release, 'pay.errors.no_method')
    await givenMethod(office, unitId, {}, '2022-08-01')
    await givenMethod(office, await givenUnit({ name: '其他单位' }))
    await assert.rejects(release, 'pay.errors.no_method')
    assert.equal((await runById(runId)).state, 'approved')
    await givenMethod(office, unitId, {}, '2022-07-31')
    await release()
    assert.equal((await runById(runId)).state, 'released')
  })

  test('nor while its publicity runs, its last day included', async ({ assert }) => {
    const { office, unitId, runId, release } = await givenApproved()
    await givenMethod(office, unitId)
    // The newest method of the month is the one that pays; an older one stands in no more.
    const open = { publicity_from: '2022-06-29', publicity_to: TODAY }
    await givenMethod(office, unitId, open, '2022-07-01')
    await assert.rejects(release, 'pay.errors.method_open')
    assert.equal((await runById(runId)).state, 'approved')
    clock.freeze('2022-07-06')
    await release()
    assert.equal((await runById(runId)).state, 'released')
  })

  test('the page of the run says so before, with the way to the page where it is recorded', async ({
    client,
    assert,
  }) => {
    const { unitId, runId, office } = await givenApproved()
    const cashier = await givenUser({ role: 'finance_officer', unitId })
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const page = async (user: typeof cashier) =>
      (await client.get(`/pay/runs/${runId}`).loginAs(user)).text()
    const link = `href="/pay/methods/${unitId}"`
    for (const text of ['融媒体中心没有适用于 2022-07 的绩效工资分配办法', link, '查看分配办法']) {
      assert.include(await page(cashier), text)
    }
    assert.notInclude(await page(cashier), `action="/pay/runs/${runId}/release"`)
    assert.include(await page(officer), '登记分配办法')
    await givenMethod(office, unitId)
    assert.notInclude(await page(cashier), link)
    assert.include(await page(cashier), `action="/pay/runs/${runId}/release"`)
  })

  test('recorded on its page by the pay officer of the unit, in its order, once a day', async ({
    client,
    assert,
  }) => {
    const unitId = await givenUnit({ name: '融媒体中心' })
    const path = `/pay/methods/${unitId}`
    const form = {
      valid_from: '2022-01-01',
      document_id: await givenDocument('市融媒〔2022〕3号'),
      supervision_document_no: '市宣绩〔2022〕1号',
      ...METHOD_DAYS,
      _form: path,
    }
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const send = async (user: typeof officer, change: Partial<typeof form> = {}) =>
      client
        .post(path)
        .loginAs(user)
        .withCsrfToken()
        .header('referer', path)
        .form({ ...form, ...change })
    const refused = {
      meeting_on: ['2022-01-04', '领导班子研究不能早于职代会审议'],
      supervision_on: ['2022-01-05', '主管部门核准不能早于领导班子研究'],
      publicity_from: ['2022-01-09', '公示不能早于主管部门核准'],
      publicity_to: ['2022-01-14', '公示不少于 5 个工作日'],
      congress_on: ['2022-02-31', '不是有效的日期'],
    }
    for (const [field, [day, message]] of Object.entries(refused)) {
      const page = (await send(officer, { [field]: day })).text()
      assert.match(page, new RegExp(`id="field-${field}-error"[^]{0,600}${message}`), field)
      assert.include(page, `value="${day}"`)
    }
    assert.lengthOf(await rowsOf('pay_methods'), 0)
    const elsewhere = await givenUser({ role: 'pay_officer', unitId: await givenUnit() })
    const head = await givenUser({ role: 'finance_head', unitId })
    for (const user of [elsewhere, head]) (await send(user)).assertStatus(403)
    assert.lengthOf(await rowsOf('pay_methods'), 0)

    const page = (await send(officer)).text()
    for (const text of ['已保存', '市融媒〔2022〕3号', '2022-01-17', '登记分配办法']) {
      assert.include(page, text)
    }
    const [method] = await rowsOf('pay_methods')
    assert.deepInclude(method, { valid_from: '2022-01-01', ...METHOD_DAYS })
    assert.equal(Number(method.created_by), officer.id)
    assert.include((await send(officer)).text(), '这一天起已有登记的分配办法')
    const events = await rowsOf('audit_events', { action: 'pay.method.recorded' })
    assert.lengthOf(events, 1)
    assert.equal(Number(events[0].subject_id), unitId)
  })

  test('one put down wrongly is withdrawn by another person, and its day is free again', async ({
    assert,
  }) => {
    const { office, unitId, release } = await givenApproved()
    const wrong = await givenMethod(office, unitId)
    const withdraw = { id: wrong, reason: '文号登记有误' }
    await assert.rejects(() => withdrawMethod(withdraw, office.officer), 'pay.errors.same_person')
    await withdrawMethod(withdraw, office.head)
    await assert.rejects(() => withdrawMethod(withdraw, office.head), 'pay.errors.method_withdrawn')
    await assert.rejects(release, 'pay.errors.no_method')
    const [row] = await rowsOf('pay_methods', { id: wrong })
    assert.deepInclude(row, { ...METHOD_DAYS, withdrawn_because: '文号登记有误', live: null })
    const events = await rowsOf('audit_events', { action: 'pay.method.withdrawn' })
    assert.deepEqual(
      events.map((event) => [Number(event.subject_id), Number(event.actor_id)]),
      [[unitId, office.head.userId]]
    )

    await givenMethod(office, unitId)
    await assert.rejects(() => givenMethod(office, unitId), 'pay.errors.method_there')
    await release()
  })

  test('the head of finance withdraws on the page; who recorded it is not offered it', async ({
    client,
    assert,
  }) => {
    const unitId = await givenUnit({ name: '融媒体中心' })
    const head = await givenUser({ role: 'finance_head', unitId })
    const office = { officer: await givenActor({ role: 'pay_officer', unitId }) } as Office
    const id = await givenMethod(office, unitId)
    const [path, action] = [`/pay/methods/${unitId}`, `/pay/recorded-methods/${id}/withdrawal`]
    const page = async () => (await client.get(path).loginAs(head)).text()
    assert.include(await page(), `action="${action}"`)
    const send = (reason: string) =>
      client.post(action).loginAs(head).withCsrfToken().header('referer', path).form({ reason })
    await send('')
    assert.lengthOf(await rowsOf('pay_methods', { live: 1 }), 1)
    const answer = (await send('日期登记有误')).text()
    for (const text of ['已撤回，可重新登记', '日期登记有误']) assert.include(answer, text)
    assert.notInclude(await page(), `action="${action}"`)
  })
})
