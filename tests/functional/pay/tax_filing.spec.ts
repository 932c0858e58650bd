import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { slipList } from '#pay/queries/slips'
import { linesOf } from '#pay/queries/slip_lines'
import { clock } from '#shared/clock'
import { seal } from '#shared/crypto'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { sheetsByAnother } from '#tests/support/workbooks'
import { compute, givenPayroll, givenReleased, givenRun, TODAY } from './givens.js'

const NUMBERS = ['11010519491231002X', '440524188001010014', '320311770706001000']
const REASON = { reason: '六月个税扣缴申报' }

test.group('The declaration for the tax office', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  async function given() {
    const { office, unitId, personIds } = await givenPayroll(3)
    for (const [index, id] of personIds.entries()) {
      const number = { identity_sealed: seal(NUMBERS[index], 'identity'), identity_masked: '***' }
      await db.from('persons').where('id', id).update(number)
    }
    const may = { monthTo: '2022-05', monthFrom: '2022-05', payMonth: '2022-05' }
    await givenReleased(office, unitId, may)
    const runId = await givenReleased(office, unitId)
    const officer = await givenUser({ role: 'finance_officer', unitId })
    return { office, runId, officer, unitId, personIds, url: `/pay/runs/${runId}` }
  }
  const ask = (client: any, url: string, user: any, form: object = REASON) =>
    client
      .post(`${url}/tax`)
      .loginAs(user)
      .withCsrfToken()
      .header('referer', `${url}?tab=files`)
      .redirects(0)
      .form({ ...form, _form: `${url}/tax` })
  const noted = () => rowsOf('audit_events', { action: 'pay.run.unmasked' })

  test('another reader finds everybody with full number and every deduction in its column', async ({
    client,
    assert,
  }) => {
    const { runId, officer, url } = await given()
    const [wages, year] = await sheetsByAnother(ask(client, url, officer))
    const slips = await slipList({ runId })
    const at = (name: string) => wages[0].indexOf(name)
    assert.deepEqual(wages[0].slice(0, 5), ['工号', '*姓名', '*证件类型', '*证件号码', '*本期收入'])
    assert.lengthOf(wages, 1 + slips.length)
    for (const [index, slip] of slips.entries()) {
      const row = wages[index + 1]
      const lines = await linesOf([slip.id])
      const fen = (code: string) => lines.find((line) => line.code === code)!.amountFen
      assert.deepEqual(row.slice(1, 5), [
        slip.personName,
        '居民身份证',
        NUMBERS[index],
        slip.grossFen / 100,
      ])
      for (const [header, code] of [
        ['基本养老保险费', 'pension'],
        ['基本医疗保险费', 'medical'],
        ['失业保险费', 'unemployment'],
        ['住房公积金', 'housing'],
        ['企业(职业)年金', 'annuity'],
      ]) {
        assert.equal(row[at(header)], fen(code) / 100, header)
      }
      assert.equal(row[at('其他')], 0)
      // two months of the same pay and the same deductions
      const yearAt = (name: string) => year[index + 1][year[0].indexOf(name)]
      const { income, standard, insurance, additional, taxable } = lines.at(-1)!.trace
      assert.equal(yearAt('*证件号码'), NUMBERS[index])
      assert.equal(yearAt('累计收入'), (2 * slip.grossFen) / 100)
      assert.deepEqual(
        [
          '累计收入',
          '累计减除费用',
          '累计专项扣除和年金',
          '累计专项附加扣除',
          '累计应纳税所得额',
        ].map(yearAt),
        [income, standard, insurance, additional, taxable].map((amount) => amount / 100)
      )
      assert.equal(yearAt('本期扣缴税额'), slip.taxFen / 100)
    }
  })

  test('never kept in a cache; reason and count are in the log, the numbers nowhere', async ({
    client,
    assert,
  }) => {
    const { officer, url } = await given()
    const { file, logged } = await withLog(() => ask(client, url, officer))
    file.assertStatus(200)
    assert.equal(file.header('cache-control'), 'no-store')
    const [event] = await noted()
    assert.deepEqual(JSON.parse(event.changes), { paper: 'tax_filing', people: 3, ...REASON })
    assert.include(logged.join(''), LOGGED)
    const everything = JSON.stringify([await rowsOf('audit_events'), logged])
    for (const number of NUMBERS) assert.notInclude(everything, number)
    const page = await client.get(`${url}?tab=files`).loginAs(officer)
    for (const number of NUMBERS) assert.notInclude(page.text(), number)
    assert.include(page.text(), '下载含完整证件号码的扣缴申报表')
  })

  test('without a reason nothing is sent and what was typed stays; not before release; not without a number', async ({
    client,
    assert,
  }) => {
    const { office, officer, unitId, personIds, url } = await given()
    const refused = await ask(client, url, officer, { reason: '税' })
    refused.assertStatus(302)
    assert.property(refused.flashMessage('inputErrorsBag'), 'reason')
    assert.equal(refused.flashMessage('reason'), '税')
    const draft = await givenRun(office, unitId, {
      monthFrom: '2022-07',
      monthTo: '2022-07',
      payMonth: '2022-07',
    })
    await compute(office, draft)
    const early = await ask(client, `/pay/runs/${draft}`, officer)
    assert.include(early.flashMessage('error'), '下达后才能导出')
    await db.from('persons').where('id', personIds[1]).update({ identity_sealed: null })
    const unknown = await ask(client, url, officer)
    assert.include(unknown.flashMessage('error'), '1 人没有身份证号码，不能申报：职工1')
    assert.equal(unknown.flashMessage('reason'), REASON.reason)
    assert.lengthOf(await noted(), 0)
  })

  test('the pay officer, another unit, HR and a forged form are refused', async ({
    client,
    assert,
  }) => {
    const { officer, unitId, url } = await given()
    const elsewhere = await givenUser({ role: 'finance_officer', unitId: unitId + 1000 })
    for (const user of [
      await givenUser({ role: 'pay_officer', unitId }),
      await givenUser({ role: 'hr_officer', unitId }),
      await givenUser({ role: 'staff' }),
      elsewhere,
    ]) {
      const answer = await ask(client, url, user)
      answer.assertStatus(403)
    }
    const forged = await client.post(`${url}/tax`).loginAs(officer).redirects(0).form(REASON)
    assert.notEqual(forged.status(), 200)
    assert.lengthOf(await noted(), 0)
  })
})

const LOGGED = 'the log is read'

/** What is written to the log meanwhile, whatever its level. */
async function withLog(send: () => Promise<any>) {
  const { pino } = await app.container.make('logger')
  const [stream] = Object.getOwnPropertySymbols(pino).filter(
    (symbol) => symbol.description === 'pino.stream'
  )
  const logged: string[] = []
  const before = { level: pino.level, to: (pino as any)[stream] }
  pino.level = 'trace'
  Object.assign(pino, { [stream]: { write: (line: string) => logged.push(line) } })
  try {
    pino.info(LOGGED)
    return { file: await send(), logged }
  } finally {
    pino.level = before.level
    Object.assign(pino, { [stream]: before.to })
  }
}
