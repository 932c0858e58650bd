import { test } from '@japa/runner'
import { drainJobs } from '#shared/jobs/queue'
import { checkRun } from '#pay/actions/move_run'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { payInbox } from '#pay/queries/pay_inbox'
import { searchPay } from '#pay/queries/pay_search'
import { buildActor } from '#accounts/queries/build_actor'
import { clock } from '#shared/clock'
import { named } from '#shared/view/names'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { at, compute, givenPayroll, givenReleased, givenRun, TODAY } from './givens.js'

test.group('Pages of pay', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  const post = (client: any, url: string, user: any, form: object) =>
    client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)

  async function releasedRun() {
    const payroll = await givenPayroll(2, 50_000_00)
    const runId = await givenReleased(payroll.office, payroll.unitId)
    return { ...payroll, runId, slips: await slipList({ runId }) }
  }

  test('every page of the pay office opens, in both languages', async ({ client, assert }) => {
    const { runId, totalId, slips, unitId, personIds } = await releasedRun()
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const [item] = await rowsOf('pay_items')
    const pages = [
      '/pay/totals',
      '/pay/totals/create',
      `/pay/totals/${totalId}`,
      '/pay/items',
      `/pay/methods/${unitId}`,
      '/pay/items/create',
      `/pay/items/${item.id}`,
      `/pay/items/${item.id}/edit`,
      '/pay/bases',
      `/pay/bases/${personIds[0]}`,
      '/pay/runs',
      '/pay/runs/create',
      ...['people', 'reconciliation', 'compare', 'files'].map(
        (tab) => `/pay/runs/${runId}?tab=${tab}`
      ),
      `/pay/runs/${runId}/preview?person=${personIds[0]}`,
      `/pay/slips/${slips[0].id}`,
      '/pay/differences',
      `/pay/differences/create?slip=${slips[0].id}`,
    ]
    for (const path of pages) {
      for (const locale of ['zh-CN', 'en']) {
        const page = await client.get(path).loginAs(officer).header('accept-language', locale)
        assert.equal(page.status(), 200, `${path} ${locale} ${page.text().slice(0, 300)}`)
      }
    }
    const head = await givenUser({ role: 'finance_head' })
    const report = await client.get('/pay/equal-pay').loginAs(head)
    report.assertStatus(200)
    assert.include(report.text(), '没有可比的发放月份')
  })

  test('register, bank file, tax table, slips by department; each in the log', async ({
    client,
    assert,
  }) => {
    const { runId, slips, unitId } = await releasedRun()
    const officer = await givenUser({ role: 'finance_officer', unitId })
    for (const paper of ['register', 'bank', 'tax']) {
      const file = await client.get(`/pay/runs/${runId}/${paper}`).loginAs(officer)
      file.assertStatus(200)
      if (paper === 'bank') {
        const lines = file.text().trim().split('\r\n')
        assert.equal(
          lines[0],
          `2|${(slips.reduce((sum, { netFen }) => sum + netFen, 0) / 100).toFixed(2)}`
        )
        assert.match(lines[2], /^1\|6200000606482113405\|职工0\|\d+\.\d{2}\|2022-06$/)
      }
    }
    await post(client, `/pay/runs/${runId}/slips`, officer, {})
    await drainJobs()
    const page = await client.get(`/pay/runs/${runId}?tab=files`).loginAs(officer)
    const [, href] = /href="(\/pay\/runs\/\d+\/slips\/\d+)"/.exec(page.text())!
    const pdf = await client.get(href).loginAs(officer)
    pdf.assertStatus(200)
    assert.lengthOf(await rowsOf('audit_events', { action: 'pay.run.exported' }), 4)
    const stranger = await givenUser({ role: 'finance_officer', unitId: await givenUnit() })
    for (const path of [href, `/pay/runs/${runId}/register`, `/pay/runs/${runId}/bank`]) {
      const refused = await client.get(path).loginAs(stranger)
      refused.assertStatus(403)
    }
  })

  test('the owner opens the slip and each amount, objects, is answered, gets a difference', async ({
    client,
    assert,
  }) => {
    const { runId, slips, unitId, personIds } = await releasedRun()
    const owner = await givenUser({ personId: personIds[0] })
    const list = await client.get('/pay/slips').loginAs(owner)
    assert.include(list.text(), `/pay/slips/${slips[0].id}`)
    const page = await client.get(`/pay/slips/${slips[0].id}`).loginAs(owner)
    assert.include(page.text(), '限(8500, 3800, 19000) * 8% = 680')
    assert.include(page.text(), '岗位工资标准 专技十级')
    const late = await post(client, `/pay/slips/${slips[0].id}/objection`, owner, {
      version: 1,
      text: '薪级应为13级',
    })
    late.assertStatus(302)
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const inbox = await payInbox(await buildActor(officer.id), (key) => key)
    assert.include(
      inbox.map(({ kind }) => kind),
      'pay.objection'
    )
    await post(client, `/pay/slips/${slips[0].id}/answer`, officer, {
      version: 2,
      text: '情况属实，下月补发',
    })
    const form = {
      slip_id: slips[0].id,
      person_id: personIds[0],
      item_name: '薪级工资',
      amount: '11.00',
      fact: '薪级 1 → 2',
      _key: 'once',
    }
    for (let time = 0; time < 2; time++) await post(client, '/pay/differences', officer, form)
    assert.lengthOf(await rowsOf('pay_differences'), 1)
    const again = await client.get(`/pay/slips/${slips[0].id}`).loginAs(owner)
    assert.include(again.text(), '情况属实，下月补发')
    const sealed = await post(client, `/pay/slips/${slips[0].id}/pdf`, owner, {
      password: 'geheim-1234',
    })
    assert.include(sealed.body().toString('latin1'), '/Encrypt')
    for (const password of ['密码密码密码', 'geheim\u0007-1234', 'geheim-😀']) {
      const refused = await post(client, `/pay/slips/${slips[0].id}/pdf`, owner, { password })
      refused.assertStatus(302)
      const [text] = refused.flashMessage('inputErrorsBag').password
      assert.equal(named(text), '文件密码只能用字母、数字和键盘上的符号')
    }
    assert.equal((await runById(runId)).state, 'released')
    assert.isAbove((await rowsOf('payslip_views', { slip_id: slips[0].id })).length, 2)
  })

  test('a slip waits for its owner until the deadline, and takes no objection after it', async ({
    client,
    assert,
  }) => {
    const { slips, personIds } = await releasedRun()
    const owner = await givenUser({ personId: personIds[0] })
    const waiting = async () => {
      const inbox = await payInbox(await buildActor(owner.id), (key) => key)
      return inbox.map(({ id, due }) => `${id} ${due}`)
    }
    assert.deepEqual(await waiting(), [`payslip:${slips[0].id} 2022-07-10`])
    clock.freeze('2022-07-11')
    assert.deepEqual(await waiting(), [])
    await post(client, `/pay/slips/${slips[0].id}/objection`, owner, { version: 1, text: '少了' })
    const [row] = await rowsOf('pay_slips', { id: slips[0].id })
    assert.equal(row.answer_state, 'open')
  })

  test('a move without its reason says so, and what was typed is kept', async ({
    client,
    assert,
  }) => {
    const { office, unitId } = await givenPayroll(1, 50_000_00)
    const runId = await givenRun(office, unitId)
    await compute(office, runId)
    await checkRun(await at(runId), office.officer)
    const head = await givenUser({ role: 'finance_head', unitId })
    const path = `/pay/runs/${runId}`
    const send = async (comment: string, _form?: string) => {
      const { version } = await at(runId)
      const form = { version, comment, ...(_form && { _form }) }
      const request = client.post(`${path}/return`).loginAs(head).withCsrfToken()
      return (await request.header('referer', path).form(form)).text()
    }
    assert.include(await send('   ', `${path}/return`), '请填写理由')
    assert.include(await send('   '), '请填写意见', 'a form without a name of its own')
    const long = '长'.repeat(501)
    const page = await send(long, `${path}/return`)
    assert.include(page, '理由不能超过 500 个字')
    assert.include(page, `>${long}</textarea>`)
    assert.equal((await runById(runId)).state, 'checked')
  })

  test('nobody else’s pay by any surface', async ({ client, assert }) => {
    const { runId, slips, unitId, totalId, personIds } = await releasedRun()
    const [mine, other] = slips
    const users = {
      colleague: await givenUser({ personId: personIds[0] }),
      manager: await givenUser({ role: 'department_manager', unitId }),
      hr: await givenUser({ role: 'hr_officer' }),
      elsewhere: await givenUser({ role: 'pay_officer', unitId: await givenUnit() }),
      sysadmin: await givenUser({ role: 'system_admin' }),
      leader: await givenUser({ role: 'leadership' }),
    }
    const paths = [
      `/pay/slips/${other.id}`,
      `/pay/slips/${other.id}/pdf`,
      `/pay/runs/${runId}`,
      `/pay/runs/${runId}/register`,
      `/pay/runs/${runId}/tax`,
      `/pay/totals/${totalId}`,
      `/pay/runs/${runId}/preview?person=${personIds[1]}`,
    ]
    for (const [name, user] of Object.entries(users)) {
      for (const path of paths) {
        const page = await client.get(path).loginAs(user)
        assert.equal(page.status(), 403, `${name} ${path}`)
      }
      const sent = await post(client, `/pay/slips/${other.id}/objection`, user, {
        version: 1,
        text: 'x',
      })
      assert.equal(sent.status(), 403, name)
      const actor = await buildActor(user.id)
      assert.deepEqual(name === 'elsewhere' ? [] : await searchPay(actor, '工资', 8), [])
    }
    const list = await client.get('/pay/runs').loginAs(users.elsewhere)
    assert.notInclude(list.text(), `/pay/runs/${runId}`)
    assert.deepEqual(await searchPay(await buildActor(users.elsewhere.id), '工资', 8), [])
    const own = await client.get('/pay/slips').loginAs(users.colleague)
    assert.include(own.text(), `/pay/slips/${mine.id}`)
    assert.notInclude(own.text(), `/pay/slips/${other.id}`)
    const [row] = await rowsOf('pay_slips', { id: other.id })
    assert.equal(row.answer_state, 'open')
  })

  test('an owner sees no slip that is not released', async ({ client }) => {
    const { office, unitId, personIds } = await releasedRun()
    const july = { monthFrom: '2022-07', monthTo: '2022-07', payMonth: '2022-07' }
    const runId = await givenRun(office, unitId, july)
    await compute(office, runId)
    const [slip] = await slipList({ runId })
    const owner = await givenUser({ personId: personIds[0] })
    const page = await client.get(`/pay/slips/${slip.id}`).loginAs(owner)
    page.assertStatus(403)
  })

  test('the usual items of a class become drafts, once', async ({ client, assert }) => {
    const officer = await givenUser({ role: 'pay_officer' })
    const document_id = String(await givenDocument())
    const form = { employment_type: 'establishment', valid_from: '2022-07-01', document_id }
    for (let time = 0; time < 2; time++) await post(client, '/pay/items/standard', officer, form)
    assert.lengthOf(await rowsOf('pay_items', { state: 'draft' }), 15)
  })

  test('a formula is checked at its field; a double start computes once', async ({
    client,
    assert,
  }) => {
    const { office, unitId } = await releasedRun()
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const item = {
      code: 'meal',
      name: '餐补',
      run_kind: 'monthly',
      employment_type: 'establishment',
      side: 'earning',
      tax: 'taxable',
      order_no: 35,
      valid_from: '2022-07-01',
      document_id: String(await givenDocument()),
    }
    for (const formula of ['岗位工资标谁 * 2', '餐补 + 1', '津贴补贴标准 *', '津贴补贴标准 > 3']) {
      const bad = await post(client, '/pay/items', officer, { ...item, formula })
      assert.property(bad.flashMessage('inputErrorsBag'), 'formula', formula)
    }
    await post(client, '/pay/items', officer, { ...item, formula: '津贴补贴标准 * 5%' })
    assert.lengthOf(await rowsOf('pay_items', { code: 'meal' }), 1)
    const july = { monthFrom: '2022-07', monthTo: '2022-07', payMonth: '2022-07' }
    const runId = await givenRun(office, unitId, july)
    const { version } = await at(runId)
    await Promise.all(
      [1, 2, 3].map(() => post(client, `/pay/runs/${runId}/compute`, officer, { version }))
    )
    await drainJobs()
    assert.lengthOf(await rowsOf('jobs', { job_key: `pay.compute:${runId}:1` }), 1)
    assert.equal((await runById(runId)).computeNo, 1)
    assert.equal((await runById(runId)).people, 2)
    assert.lengthOf(await rowsOf('pay_slips', { run_id: runId }), 2)
  })
})
