import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { streamedRegister } from '#pay/documents/register'
import { itemColumns, registerPeople } from '#pay/queries/register_rows'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { clock } from '#shared/clock'
import { drainJobs } from '#shared/jobs/queue'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { downloadedRows, sheetsByAnother } from '#tests/support/workbooks'
import { givenPayroll, givenReleased, TODAY } from './givens.js'

const yuan = (text: string) => Math.round(Number(text.replaceAll(',', '')) * 100)

test.group('Papers of a run', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  async function given() {
    const { office, unitId, personIds } = await givenPayroll(3)
    const runId = await givenReleased(office, unitId)
    const officer = await givenUser({ role: 'finance_officer', unitId })
    return { runId, run: await runById(runId), officer, unitId, personIds }
  }
  const slipsOf = (runId: number) => slipList({ runId })

  test('the register says of everybody what the slip says, its totals what the run says', async ({
    client,
    assert,
  }) => {
    const { runId, run, officer } = await given()
    const rows = await downloadedRows(
      await client.get(`/pay/runs/${runId}/register`).loginAs(officer)
    )
    const head = rows.find((row) => row.includes('姓名'))!
    const at = (name: string) => head.indexOf(name)
    const totals = rows.find((row) => row.includes('合计'))!
    for (const [name, fen] of [
      ['应发合计', run.grossFen],
      ['扣款合计', run.deductionFen],
      ['个人所得税', run.taxFen],
      ['实发', run.netFen],
      ['单位缴纳', run.employerFen],
    ] as const) {
      assert.equal(yuan(totals[at(name)]), fen, name)
    }
    const slips = await slipsOf(runId)
    const people = rows.filter((row) => row[at('姓名')]?.startsWith('职工'))
    assert.deepEqual(
      people.map((row) => [row[at('姓名')], yuan(row[at('实发')]), row[at('收款账号')]]),
      slips.map((slip) => [slip.personName, slip.netFen, slip.accountMasked])
    )
    // the items of a person's row are the earnings less the deductions before tax
    const [first, last] = [at('岗位') + 1, at('应发合计')]
    const amounts = people[0].slice(first, last).map((text) => (text ? yuan(text) : 0))
    const employer = yuan(people[0][at('单位缴纳')])
    assert.equal(
      amounts.reduce((sum, fen) => sum + fen, 0),
      slips[0].grossFen + slips[0].deductionFen + employer
    )
    const signatures = ['制表人：', '复核人：', '审批人：', '发放人：']
    const signed = rows.map((row) => row.join(' ')).at(-1)!
    for (const place of signatures) assert.include(signed, place)

    // the register of very many people, written row by row, has the same places to sign
    const columns = await itemColumns(run)
    const streamed = streamedRegister(run, columns, registerPeople(run, columns))
    const written = await Array.fromAsync(streamed.sheets[0].rows)
    assert.deepEqual(
      [...written.at(-1)!].filter((value) => value !== null),
      signatures
    )
  })

  test('the tax table says what was withheld of everybody', async ({ client, assert }) => {
    const { runId, run, officer } = await given()
    const rows = await downloadedRows(await client.get(`/pay/runs/${runId}/tax`).loginAs(officer))
    const head = rows.find((row) => row.includes('姓名'))!
    const at = (name: string) => head.indexOf(name)
    for (const slip of await slipsOf(runId)) {
      const row = rows.find((one) => one[at('姓名')] === slip.personName)!
      assert.equal(yuan(row[at('收入额')]), slip.grossFen)
      assert.equal(yuan(row[at('社保公积金')]), slip.deductionFen)
      assert.equal(yuan(row[at('本月扣缴税额')]), slip.taxFen)
    }
    const totals = rows.find((row) => row.includes('合计'))!
    assert.equal(yuan(totals[at('本月扣缴税额')]), run.taxFen)
  })

  test('another reader than our own opens both: amounts are numbers that add up', async ({
    client,
    assert,
  }) => {
    const { runId, run, officer } = await given()
    for (const [paper, column, fen] of [
      ['register', '实发', run.netFen],
      ['tax', '本月扣缴税额', run.taxFen],
    ] as const) {
      const asked = client.get(`/pay/runs/${runId}/${paper}`).loginAs(officer)
      const [rows] = await sheetsByAnother(asked)
      const at = rows.find((row) => row.includes('姓名'))!.indexOf(column)
      const people = rows.filter((row) => row.some((cell) => String(cell).startsWith('职工')))
      assert.lengthOf(people, 3)
      const amounts = people.map((row) => row[at] as number)
      for (const amount of amounts) assert.isNumber(amount)
      assert.equal(
        amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0),
        fen
      )
      const total = rows.find((row) => row.includes('合计'))!
      assert.equal(Math.round((total[at] as number) * 100), fen)
    }
  })

  test('what the bank would pay must be what the run pays', async ({ client, assert }) => {
    const { runId, officer } = await given()
    const [slip] = await slipsOf(runId)
    await db
      .from('pay_slips')
      .where('id', slip.id)
      .update({ net_fen: slip.netFen + 1, gross_fen: slip.grossFen + 1 })
    const file = await client
      .get(`/pay/runs/${runId}/bank`)
      .loginAs(officer)
      .header('referer', `/pay/runs/${runId}`)
      .redirects(0)
    assert.notInclude(file.text(), '6200000606482113405')
    assert.lengthOf(await rowsOf('audit_events', { action: 'pay.run.exported' }), 0)
    const page = await client.get(`/pay/runs/${runId}?tab=files`).loginAs(officer)
    page.assertStatus(200)
  })

  test('everybody sees who looked at the own slip, in papers of many, too', async ({
    client,
    assert,
  }) => {
    const { runId, officer, personIds } = await given()
    await client.get(`/pay/runs/${runId}/register`).loginAs(officer)
    await client.get(`/pay/runs/${runId}/bank`).loginAs(officer)
    await client
      .post(`/pay/runs/${runId}/slips`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({})
    await drainJobs()
    const files = await client.get(`/pay/runs/${runId}?tab=files`).loginAs(officer)
    const [, href] = /href="(\/pay\/runs\/\d+\/slips\/\d+)"/.exec(files.text())!
    await client.get(href).loginAs(officer)
    for (const slip of await slipsOf(runId)) {
      const views = await rowsOf('payslip_views', { slip_id: slip.id })
      assert.deepEqual(
        views.map((row) => [row.user_id, row.surface]),
        ['register', 'bank', 'batch'].map((surface) => [officer.id, surface])
      )
    }
    const owner = await givenUser({ personId: personIds[0] })
    const [own] = await slipsOf(runId)
    const page = await client.get(`/pay/slips/${own.id}`).loginAs(owner)
    for (const word of ['工资发放表', '银行代发文件', '批量打印']) assert.include(page.text(), word)
  })
})
