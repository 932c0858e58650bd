import { test } from '@japa/runner'
import { buildActor } from '#accounts/queries/build_actor'
import { approveScale, saveScale } from '#pay/actions/tax_scales'
import { releaseRun } from '#pay/actions/release_run'
import { payInbox } from '#pay/queries/pay_inbox'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { scaleById, scaleOn } from '#pay/queries/tax_scales'
import { verifyRun } from '#pay/queries/verify_run'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser, rowsOf } from '#tests/support/givens'
import {
  approve,
  at,
  compute,
  FLAT_TAX,
  givenPayOffice,
  givenPayroll,
  givenRun,
  givenTriedScale,
  release,
  TODAY,
  type Office,
} from './givens.js'

const monthOf = (month: string) => ({ monthFrom: month, monthTo: month, payMonth: month })

test.group('Tax tables', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  const post = (client: any, url: string, user: any, form: object) =>
    client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)

  /** Two people who earn 4,382 a month and deduct next to nothing: 20 % of the first yuan shows. */
  const givenPayers = () => givenPayroll(2)

  async function givenScale(office: Office, validFrom: string) {
    const id = await givenTriedScale(office, validFrom)
    await approveScale({ id, version: 2 }, office.head)
  }

  test('entered, tried on real people, approved by another: runs use it from its month on', async ({
    client,
    assert,
  }) => {
    const { office, unitId } = await givenPayers()
    const officer = await givenUser({ role: 'pay_officer' })
    const head = await givenUser({ role: 'finance_head' })
    const form = {
      'valid_from': '2022-08-01',
      'document_id': String(await givenDocument()),
      '_key': 'once',
      'bounds[0]': '12000',
      'bounds[1]': '',
      'percents[0]': '0',
      'percents[1]': '30',
    }
    for (let time = 0; time < 2; time++) await post(client, '/pay/tax-scales', officer, form)
    const [{ id }] = await rowsOf('pay_tax_scales')
    assert.lengthOf(await rowsOf('pay_tax_scales'), 1)
    const url = `/pay/tax-scales/${id}`
    const untried = await post(client, `${url}/approval`, head, { version: 1 })
    assert.include(untried.flashMessage('error'), '还没有试算')
    await post(client, `${url}/trial`, officer, { version: 1 })
    const { trial, table } = await scaleById(id)
    assert.deepInclude(trial, { people: 2, missing: 0, less: 0 })
    assert.deepEqual(table[1], { upTo: null, percent: 30, quick: 3_600_00 })
    const inbox = await payInbox(await buildActor(head.id), (key) => key)
    assert.include(
      inbox.map((item) => item.url),
      url
    )
    const own = await post(client, `${url}/approval`, officer, { version: 2 })
    own.assertStatus(403)
    await post(client, `${url}/approval`, head, { version: 2 })
    assert.equal((await scaleById(id)).state, 'effective')
    const page = await client.get(url).loginAs(officer)
    for (const text of ['超过 ¥12,000.00', '30%', '批准税率表生效'])
      assert.include(page.text(), text)

    for (const month of ['2022-07', '2022-08']) {
      const runId = await givenRun(office, unitId, monthOf(month))
      await compute(office, runId)
      const { rules } = (await runById(runId)).settings
      assert.equal(rules!.table.length, month === '2022-07' ? 7 : 2)
      assert.deepEqual((await verifyRun(runId)).differences, [])
      const [slip] = await slipList({ runId })
      const shown = (await client.get(`/pay/slips/${slip.id}`).loginAs(officer)).text()
      assert.include(
        shown,
        month === '2022-07' ? '2018年第61号' : '2022-08-01 起；税额四舍五入到分'
      )
    }
  })

  test('refused at the row, nothing typed is lost; changed drafts are tried again', async ({
    client,
    assert,
  }) => {
    await givenPayers()
    const officer = await givenUser({ role: 'pay_officer' })
    const send = async (form: object, url = '/pay/tax-scales') =>
      post(client, url, officer, {
        'valid_from': '2022-08-01',
        'document_id': String(await givenDocument()),
        'bounds[0]': '12000',
        'bounds[1]': '',
        'percents[0]': '3',
        'percents[1]': '10',
        ...form,
      })
    const wrong: [object, string][] = [
      [{ 'percents[1]': '101' }, 'percents.1'],
      [{ 'percents[1]': '3' }, 'percents.1'],
      [{ 'bounds[0]': '' }, 'bounds.0'],
      [{ 'bounds[1]': '11000' }, 'bounds.1'],
      [{ valid_from: '2022-08-02' }, 'valid_from'],
    ]
    for (const [form, field] of wrong) {
      const sent = await send(form)
      assert.deepEqual(Object.keys(sent.flashMessage('inputErrorsBag')), [field])
    }
    assert.lengthOf(await rowsOf('pay_tax_scales'), 0)
    await send({})
    const [{ id }] = await rowsOf('pay_tax_scales')
    await post(client, `/pay/tax-scales/${id}/trial`, officer, { version: 1 })
    await send({ 'version': 2, 'percents[1]': '15' }, `/pay/tax-scales/${id}`)
    const scale = await scaleById(id)
    assert.isNull(scale.trial)
    assert.equal(scale.table[1].percent, 15)
    const stale = await send({ version: 2 }, `/pay/tax-scales/${id}`)
    assert.isNotEmpty(stale.flashMessage('error'))
  })

  test('a month that was paid keeps its table; what was computed by another one is computed again', async ({
    assert,
  }) => {
    const { office, unitId } = await givenPayers()
    const june = await givenRun(office, unitId)
    await compute(office, june)
    await release(office, june)
    await assert.rejects(() => givenScale(office, '2022-06-01'), 'pay.errors.scale_late')
    const july = await givenRun(office, unitId, monthOf('2022-07'))
    await compute(office, july)
    await approve(office, july)
    await givenScale(office, '2022-07-01')
    await assert.rejects(
      async () => releaseRun(await at(july), office.cashier),
      'pay.errors.stale_rules'
    )
    assert.isNull(await scaleOn('2022-06-30'))
    assert.equal((await scaleOn('2022-07-01'))!.table[0].percent, 20)
    // at most one of a day: the second is refused by the key
    await assert.rejects(() => givenScale(office, '2022-07-01'), 'pay.errors.effective_there')
  })

  test('a stranger neither sees nor moves it', async ({ client, assert }) => {
    const office = await givenPayOffice()
    const id = await saveScale(
      { validFrom: '2022-08-01', steps: FLAT_TAX, documentId: await givenDocument() },
      office.officer
    )
    const before = await rowsOf('pay_tax_scales')
    const form = {
      version: 1,
      valid_from: '2022-09-01',
      document_id: '1',
      bounds: [''],
      percents: ['9'],
    }
    for (const role of ['staff', 'department_manager', 'hr_officer', 'system_admin'] as const) {
      const user = await givenUser({ role })
      for (const path of ['', '/edit']) {
        ;(await client.get(`/pay/tax-scales/${id}${path}`).loginAs(user)).assertStatus(403)
      }
      for (const path of ['', '/trial', '/approval', '/removal']) {
        ;(await post(client, `/pay/tax-scales/${id}${path}`, user, form)).assertStatus(403)
      }
      ;(await post(client, '/pay/tax-scales', user, form)).assertStatus(403)
    }
    const head = await givenUser({ role: 'finance_head' })
    ;(await post(client, `/pay/tax-scales/${id}`, head, form)).assertStatus(403)
    assert.deepEqual(await rowsOf('pay_tax_scales'), before)
  })
})
