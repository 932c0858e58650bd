import { test } from '@japa/runner'
import { bankFile } from '#pay/documents/bank_file'
import { currentRule } from '#pay/queries/configuration'
import { linesOf } from '#pay/queries/slip_lines'
import { slipList } from '#pay/queries/slips'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import {
  compute,
  givenItems,
  givenPayOffice,
  givenRun,
  givenStaff,
  givenStandards,
  TODAY,
} from './givens.js'

test.group('Rules of pay', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  const dated = { valid_from: '2022-07-01', document_no: '人社发〔2022〕7号' }
  const post = (client: any, name: string, user: any, form: object) =>
    client
      .post(`/pay/rules/${name}`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ ...dated, ...form })

  test('a parameter from a day on: months before keep theirs, formulas read the new name', async ({
    client,
    assert,
  }) => {
    const office = await givenPayOffice()
    await givenStandards()
    const { unitId } = await givenStaff(1)
    await givenItems(office)
    const head = await givenUser({ role: 'finance_head' })
    const values = { 基础性绩效月标准: '3300.50' }
    await post(client, 'parameters', head, {
      values,
      new_name: '餐补月标准',
      new_value: '300',
      new_unit: 'yuan_month',
    })
    const page = await client.get('/pay/rules').loginAs(head)
    assert.include(page.text(), '2022-07-01 起，人社发〔2022〕7号')
    for (const text of ['3300.5 元/月', '300 元/月', '1 倍', '级数'])
      assert.include(page.text(), text)
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
      formula: '餐补月标准',
      document_id: String((await rowsOf('documents'))[0].id),
    }
    const save = (form: object) =>
      client.post('/pay/items').loginAs(officer).withCsrfToken().redirects(0).form(form)
    const pooled = await save({ ...item, run_kind: 'incentive' })
    assert.property(pooled.flashMessage('inputErrorsBag'), 'run_kind')
    const saved = await save(item)
    assert.isUndefined(saved.flashMessage('inputErrorsBag'))
    const basic = async (month: string) => {
      const runId = await givenRun(office, unitId, {
        monthFrom: month,
        monthTo: month,
        payMonth: month,
      })
      await compute(office, runId)
      const lines = await linesOf((await slipList({ runId })).map(({ id }) => id))
      return lines.find(({ name }) => name === '基础性绩效')!.amountFen
    }
    assert.equal(await basic('2022-06'), 3000_00)
    assert.equal(await basic('2022-07'), 3300_50)
  })

  test('the bank file follows the format; thresholds and tax are kept with what was not typed', async ({
    client,
    assert,
  }) => {
    const head = await givenUser({ role: 'finance_head' })
    await post(client, 'bank', head, {
      'format_name': '建行',
      'separator': ',',
      'line_end': 'lf',
      'columns[0]': 'account',
      'columns[1]': 'fen',
    })
    const { value: format } = await currentRule('bank', TODAY)
    const payment = { account: '62000006064821', name: '张三', fen: 12345, note: '2022-07' }
    assert.equal(bankFile([payment], 12345, format), '62000006064821,12345\n')
    await post(client, 'tax', head, { monthly_deduction: '6000', apart_until: '2026-12' })
    const { value: tax } = await currentRule('tax', TODAY)
    assert.deepInclude(tax, { monthlyDeduction: 600_000, apartUntil: '2026-12' })
    await post(client, 'equal', head, { minimum_group: 8, gap_percent: 3, alpha: '0.01' })
    assert.deepEqual((await currentRule('equal', TODAY)).value, {
      minimumGroup: 8,
      gapPercent: 3,
      alpha: 0.01,
    })
    assert.equal((await currentRule('equal', '2022-06-30')).value.minimumGroup, 5)
  })

  test('refused at the field: a value that is none, a name that is taken, a day that is there, a stranger', async ({
    client,
    assert,
  }) => {
    const head = await givenUser({ role: 'finance_head' })
    const refused = async (name: string, form: object, field: string) => {
      const sent = await post(client, name, head, form)
      assert.property(sent.flashMessage('inputErrorsBag'), field)
    }
    await refused('parameters', { values: { 合同工资标准: '两千六' } }, 'values')
    await refused('parameters', { new_name: '合同工资标准', new_value: '1' }, 'new_name')
    await refused('parameters', { new_name: '1 + 2', new_value: '1' }, 'new_name')
    await refused('equal', { minimum_group: 1, gap_percent: 3, alpha: '0.05' }, 'minimum_group')
    assert.lengthOf(await rowsOf('settings'), 0)
    const rules = { objection_days: 7, recovery_floor: '2500', change_percent: 10 }
    await post(client, 'rules', head, rules)
    await refused('rules', rules, 'valid_from')
    const officer = await givenUser({ role: 'pay_officer' })
    const sent = await post(client, 'rules', officer, { ...rules, valid_from: '2022-08-01' })
    sent.assertStatus(403)
    assert.lengthOf(await rowsOf('settings'), 1)
  })
})
