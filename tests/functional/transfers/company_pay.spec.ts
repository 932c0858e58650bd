import { test } from '@japa/runner'
import { putWageBase } from '#pay/actions/wage_base'
import { clock } from '#shared/clock'
import { insertRow, inTransaction } from '#shared/database'
import { readWorkbook } from '#shared/spreadsheets/workbook_reader'
import { addReEngagements } from '#transfers/actions/add_re_engagements'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import {
  givenBatch,
  givenCity,
  givenPeopleOfOffice,
  givenPost,
  givenStaff,
  TODAY,
  versionOf,
} from './givens.js'

test.group('Company employees are outside: the move hands over their pay', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  /** 王甲 goes from a contract of the station to the company, 李乙 from the company to the centre. */
  async function givenMove() {
    const city = await givenCity()
    const { officer } = await givenPeopleOfOffice()
    const companyId = await givenUnit({ name: '市传媒有限公司' })
    const contract = { employment_type: 'contract', funding_type: null, quota_category: null }
    const out = await givenStaff(city.tv, contract, { name: '王甲', work_started_on: '2010-07-01' })
    const enterprise = { ...contract, employment_type: 'enterprise' }
    const back = await givenStaff(companyId, enterprise, { name: '李乙' })
    await inTransaction(async (trx) => {
      await putWageBase(trx, out.personId, '2022-01-01', {
        step: null,
        allowance_fen: 300_00,
        pension_base_fen: 5_000_00,
        housing_base_fen: 4_000_00,
      })
      await insertRow(trx, 'pay_standards', {
        kind: 'post',
        level: 'professional_10',
        monthly_fen: 680_00,
        valid_from: '2006-07-01',
        recorded_at: clock.now(),
      })
    })
    const batchId = await givenBatch(officer, '转聘到公司')
    const move = async (assignmentId: number, unitId: number, employmentType: string) => {
      const postId = await givenPost(unitId, { name: '客户经理', employment_type: employmentType })
      const input = { batchId, version: await versionOf(batchId), toUnitId: unitId }
      await addReEngagements({ ...input, entries: [{ assignmentId, postId }] }, officer)
    }
    await move(out.assignmentId, companyId, 'enterprise')
    return {
      ...city,
      batchId,
      companyId,
      back: () => move(back.assignmentId, city.centre, 'contract'),
    }
  }

  async function sheetOf(asked: any): Promise<string[][]> {
    asked.request.responseType('arraybuffer')
    const file = await asked
    file.assertStatus(200)
    const { sheets } = await readWorkbook({ buffer: file.body() })
    return sheets[0].rows.map((row) => row.cells.map(({ text }) => text))
  }

  test('one row a person whom a company pays, from the facts of pay; in the log', async ({
    client,
    assert,
  }) => {
    const { batchId, back } = await givenMove()
    await back()
    const officer = await givenUser({ role: 'hr_officer' })
    const url = `/transfers/batches/${batchId}`
    const tab = await client.get(`${url}?tab=papers`).loginAs(officer)
    assert.include(tab.text(), '公司人员薪酬移交表')
    const undecided = await sheetOf(client.get(`${url}/papers/company/xlsx`).loginAs(officer))
    const [row, ...others] = undecided.filter((cells) => cells[0] === '王甲' || cells[0] === '李乙')
    assert.lengthOf(others, 0)
    assert.deepEqual(row.slice(2), [
      '2010-07-01',
      '市广播电视台',
      '编外',
      '市传媒有限公司',
      '',
      '300',
      '5000',
      '4000',
      '2022年2月',
      '2022年3月',
    ])
    await inTransaction((trx) =>
      trx.from('decisions').where('code', 'contract_staff_pay').update({ state: 'decided' })
    )
    const decided = await sheetOf(client.get(`${url}/papers/company/xlsx`).loginAs(officer))
    assert.equal(decided.find(([name]) => name === '王甲')![6], '2600')
    const pdf = await client.get(`${url}/papers/company/pdf`).loginAs(officer)
    pdf.assertStatus(200)
    const exported = await rowsOf('audit_events', { action: 'transfers.paper.exported' })
    assert.lengthOf(exported, 3)
  })

  test('a batch without company employees has no such paper; strangers get none', async ({
    client,
    assert,
  }) => {
    const { batchId, paper } = await givenMove()
    const officer = await givenUser({ role: 'hr_officer' })
    await inTransaction((trx) =>
      trx.from('transfer_lines').update({ to_employment_type: 'contract' })
    )
    const tab = await client.get(`/transfers/batches/${batchId}?tab=papers`).loginAs(officer)
    assert.notInclude(tab.text(), '公司人员薪酬移交表')
    const strangers = {
      elsewhere: await givenUser({ role: 'hr_head', unitId: paper }),
      manager: await givenUser({ role: 'department_manager', unitId: paper }),
      staff: await givenUser({}),
    }
    for (const [name, user] of Object.entries(strangers)) {
      const page = await client
        .get(`/transfers/batches/${batchId}/papers/company/xlsx`)
        .loginAs(user)
      assert.equal(page.status(), 403, name)
    }
    assert.lengthOf(await rowsOf('audit_events', { action: 'transfers.paper.exported' }), 0)
  })
})
