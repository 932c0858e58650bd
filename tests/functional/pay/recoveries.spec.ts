import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { approveSettlement, prepareSettlement, returnSettlement } from '#pay/actions/settlements'
import { differenceById } from '#pay/queries/differences'
import { payInbox } from '#pay/queries/pay_inbox'
import { linesOf } from '#pay/queries/slip_lines'
import { slipById, slipList } from '#pay/queries/slips'
import { verifyRun } from '#pay/queries/verify_run'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import {
  compute,
  givenAllotment,
  givenCorrection,
  givenPayroll,
  givenReleased,
  givenRun,
  release,
} from './givens.js'

const JULY = { monthFrom: '2022-07', monthTo: '2022-07', payMonth: '2022-07' }

test.group('A recovery that no run of its unit takes', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze('2022-07-29'))
  group.each.teardown(() => clock.release())

  /** June released; 300 are to be taken back from the first of two, whose place ends with June. */
  async function givenLeaver() {
    const payroll = await givenPayroll(2)
    const { office, unitId, personIds } = payroll
    const june = await givenReleased(office, unitId)
    const [slip] = await slipList({ runId: june })
    const recoveryId = await givenCorrection(office, slip, -300_00)
    await db.from('assignments').where('person_id', personIds[0]).update({ valid_to: '2022-07-01' })
    const recovery = async () => differenceById(recoveryId)
    return { ...payroll, personId: personIds[0], recoveryId, recovery }
  }

  const repaid = async (differenceId: number, amountFen: number) => ({
    differenceId,
    amountFen,
    way: 'repaid' as const,
    settledOn: '2022-07-20',
    documentId: await givenDocument(),
    reason: '本人转账退回',
  })

  test('of who left stays with the person and is settled by repayment and write-off', async ({
    assert,
  }) => {
    const { office, unitId, recoveryId, recovery } = await givenLeaver()
    await givenReleased(office, unitId, JULY)
    assert.equal((await recovery()).settledFen, 0)

    const first = await prepareSettlement(await repaid(recoveryId, 100_00), office.officer)
    assert.equal((await recovery()).settledFen, 0)
    await assert.rejects(
      () => approveSettlement({ id: first, version: 1 }, office.officer),
      'pay.errors.same_person'
    )
    await approveSettlement({ id: first, version: 1 }, office.head)
    assert.equal((await recovery()).settledFen, -100_00)
    const again = { id: first, version: 2 }
    await assert.rejects(() => approveSettlement(again, office.head))

    // two that wait together: what is settled is never more than there is
    const off = { ...(await repaid(recoveryId, 200_00)), way: 'written_off' as const }
    const second = await prepareSettlement(off, office.officer)
    const third = await prepareSettlement(await repaid(recoveryId, 1_00), office.officer)
    await approveSettlement({ id: second, version: 1 }, office.head)
    await assert.rejects(
      () => approveSettlement({ id: third, version: 1 }, office.head),
      'pay.errors.above_rest'
    )
    await returnSettlement({ id: third, version: 1 }, office.head)
    assert.equal((await recovery()).settledFen, -300_00)
    await assert.rejects(
      () => prepareSettlement(off, office.officer),
      'pay.errors.no_open_recovery'
    )
    for (const [done, times] of Object.entries({ prepared: 3, approved: 2, returned: 1 })) {
      const events = await rowsOf('audit_events', { action: `pay.settlement.${done}` })
      assert.deepEqual(
        events.map((row) => Number(row.subject_id)),
        Array(times).fill(recoveryId)
      )
    }
  })

  test('neither more than is open, nor on a day to come, nor by the person, nor of arrears', async ({
    assert,
  }) => {
    const { office, personId, unitId, recoveryId } = await givenLeaver()
    const right = await repaid(recoveryId, 300_00)
    const wrong = { above_rest: { amountFen: 300_01 }, amount: { amountFen: 0 } }
    for (const [code, change] of Object.entries(wrong)) {
      const act = () => prepareSettlement({ ...right, ...change }, office.officer)
      await assert.rejects(act, `pay.errors.${code}`)
    }
    await assert.rejects(
      () => prepareSettlement({ ...right, settledOn: '2022-07-30' }, office.officer),
      'pay.errors.day_to_come'
    )
    const user = await givenUser({ role: 'finance_head', unitId, personId })
    const self = await buildActor(user.id)
    await assert.rejects(() => prepareSettlement(right, self), 'pay.errors.own_pay')
    const id = await prepareSettlement(right, office.officer)
    await assert.rejects(() => approveSettlement({ id, version: 1 }, self), 'pay.errors.own_pay')
    const [slip] = await slipList({ runId: Number((await rowsOf('pay_runs'))[0].id) })
    const arrears = await givenCorrection(office, slip, 50_00)
    await assert.rejects(
      () => prepareSettlement({ ...right, differenceId: arrears }, office.officer),
      'pay.errors.no_open_recovery'
    )
  })

  test('of who moved to another unit is taken by its monthly run, beside its own total', async ({
    assert,
  }) => {
    const { office, unitId, personId, recoveryId, recovery } = await givenLeaver()
    await db.from('pay_differences').update({ draws_on: 'basic' })
    const centre = await givenUnit({ name: '新中心' })
    await givenAssignment(personId, centre, {
      employment_type: 'establishment',
      grade: 'professional_10',
      quota_category: 'professional',
      valid_from: '2022-07-01',
    })
    const basic = await givenAllotment(office, centre, { part: 'basic', fen: 100_000_00 })
    await givenReleased(office, unitId, JULY)
    assert.equal((await recovery()).settledFen, 0)

    const runId = await givenReleased(office, centre, JULY)
    assert.equal((await recovery()).settledFen, -300_00)
    const [slip] = await slipList({ runId })
    const lines = await linesOf([slip.id])
    assert.deepInclude(
      lines.find(({ differenceId }) => differenceId === recoveryId),
      { name: '扣回薪级工资', amountFen: -300_00 }
    )
    const drawn = lines.filter(({ name }) => name === '基础性绩效')
    assert.isNotEmpty(drawn)
    assert.equal(
      (await basic.allotment()).usedFen,
      drawn.reduce((sum, l) => sum + l.amountFen, 0)
    )
    assert.deepEqual((await verifyRun(runId)).differences, [])
  })

  test('of who changed the class is taken by the run of the class that pays now', async ({
    assert,
  }) => {
    const { office, unitId, personId, recoveryId, recovery } = await givenLeaver()
    await db.from('assignments').where('person_id', personId).update({ valid_to: null })
    await db.from('pay_differences').update({ employment_type: 'contract' })
    const runId = await givenRun(office, unitId, JULY)
    await compute(office, runId)
    assert.lengthOf(await rowsOf('pay_lines', { difference_id: recoveryId }), 1)
    // a repayment that comes first: the run takes nothing twice, and is computed anew
    const id = await prepareSettlement(await repaid(recoveryId, 300_00), office.officer)
    await approveSettlement({ id, version: 1 }, office.head)
    await assert.rejects(() => release(office, runId), 'pay.errors.difference_changed')
    assert.equal((await recovery()).settledFen, -300_00)
  })

  test('its page and the list say that it is open and why, and settle it', async ({
    client,
    assert,
  }) => {
    const { unitId, personId, recoveryId } = await givenLeaver()
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const head = await givenUser({ role: 'finance_head', unitId })
    const page = async (path: string, user = head) => (await client.get(path).loginAs(user)).text()
    const path = `/pay/differences/${recoveryId}`
    const list = '/pay/differences?state=open'
    for (const at of [path, list]) assert.include(await page(at), '已离职，没有可扣回的工资')
    assert.notInclude(await page(path), '本人退回后登记')

    const send = (user: typeof officer, to: string, form: Record<string, unknown>) =>
      client.post(to).loginAs(user).withCsrfToken().header('referer', path).form(form)
    const form = {
      way: 'repaid',
      amount: '300.01',
      settled_on: '2022-07-20',
      reason: '本人转账',
      document_id: await givenDocument('市融媒〔2022〕9号'),
      _form: `${path}/settlements`,
    }
    const refused = await send(officer, `${path}/settlements`, form)
    assert.include(refused.text(), '超过尚未收回的金额')
    assert.include(refused.text(), 'value="300.01"')
    await send(officer, `${path}/settlements`, { ...form, amount: '300.00' })
    const inbox = await payInbox(await buildActor(head.id), (key) => key)
    assert.include(
      inbox.map(({ url }) => url),
      path
    )
    const [{ id }] = await rowsOf('pay_settlements')
    assert.notInclude(await page(path, officer), `/pay/settlements/${id}/approval`)
    assert.include(await page(path), `/pay/settlements/${id}/approval`)
    const done = await send(head, `/pay/settlements/${id}/approval`, { version: 1 })
    for (const text of ['已审批', '市融媒〔2022〕9号', '本人退回'])
      assert.include(done.text(), text)
    assert.notInclude(await page(list), `href="${path}"`)

    // who moved within the centre is named with the unit that takes it back
    await db.from('pay_differences').update({ settled_fen: 0 })
    const centre = await givenUnit({ name: '新中心' })
    await givenAssignment(personId, centre, {
      employment_type: 'establishment',
      valid_from: '2022-07-01',
    })
    assert.include(await page(list), '已到新中心，由该单位下次月度工资扣回')
  })

  test('more than the last wages is pointed out to whoever decides', async ({ assert, client }) => {
    const { unitId, recovery, recoveryId } = await givenLeaver()
    const { slipId } = await recovery()
    const { grossFen } = await slipById(slipId!)
    const head = await givenUser({ role: 'finance_head', unitId })
    const page = async (amountFen: number) => {
      await db.from('pay_differences').update({ state: 'submitted', amount_fen: amountFen })
      return (await client.get(`/pay/differences/${recoveryId}`).loginAs(head)).text()
    }
    assert.include(await page(-grossFen), '2022-06 应发')
    assert.notInclude(await page(-grossFen), '请核对依据和位数')
    assert.include(await page(-grossFen - 1), '请核对依据和位数')
  })

  test('the list goes by pages and ends nowhere in silence', async ({ assert, client }) => {
    const { unitId, recovery } = await givenLeaver()
    const { number } = await recovery()
    const [{ id: _, ...row }] = await rowsOf('pay_differences')
    for (let index = 0; index < 50; index++) {
      await db.table('pay_differences').insert({ ...row, number: `CE-${index}` })
    }
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const first = await client.get('/pay/differences').loginAs(officer)
    assert.include(first.text(), 'CE-49')
    assert.notInclude(first.text(), number)
    const cursor = /rel="next" href="[^"]*cursor=([^"&]+)/.exec(first.text())![1]
    const second = await client.get('/pay/differences').qs({ cursor }).loginAs(officer)
    assert.include(second.text(), number)
    assert.notInclude(second.text(), 'rel="next"')
  })
})
