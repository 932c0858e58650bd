import { test } from '@japa/runner'
import { saveItem, tryItem, approveItem } from '#pay/actions/items'
import { itemById } from '#pay/queries/items'
import { inputsOf, linesOf } from '#pay/queries/slip_lines'
import { slipList } from '#pay/queries/slips'
import { verifyRun } from '#pay/queries/verify_run'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser, rowsOf } from '#tests/support/givens'
import { givenDepartment, givenPost } from '../performance/givens.js'
import {
  compute,
  givenItems,
  givenPayOffice,
  givenRun,
  givenStaff,
  givenStandards,
  TODAY,
  type Office,
} from './givens.js'

/** A page as people read it: tags off, spaces one. */
const readable = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, ' ')

test.group('Preview of one person, and what formulas read', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  async function givenMonth(size = 2) {
    const office = await givenPayOffice()
    await givenStandards()
    const staff = await givenStaff(size)
    await givenItems(office)
    const runId = await givenRun(office, staff.unitId)
    const officer = await givenUser({ role: 'pay_officer', unitId: staff.unitId })
    return { office, officer, runId, ...staff }
  }

  /** An item of the monthly run, tried and approved. */
  async function givenItem(office: Office, name: string, formula: string) {
    const id = await saveItem(
      {
        code: 'post_value',
        name,
        runKind: 'monthly',
        employmentType: 'establishment',
        side: 'earning',
        tax: 'taxable',
        drawsOn: null,
        formula,
        orderNo: 35,
        validFrom: '2022-01-01',
        documentId: await givenDocument(),
      },
      office.officer
    )
    const trial = await tryItem({ id, version: 1 }, office.officer)
    const { version } = await itemById(id)
    await approveItem({ id, version }, office.head)
    return trial
  }

  test('every amount opens as on the slip, and nothing is written', async ({ client, assert }) => {
    const { office, officer, runId, personIds } = await givenMonth()
    const tables = ['pay_slips', 'pay_lines', 'pay_runs', 'audit_events']
    const before = await Promise.all(tables.map((name) => rowsOf(name)))
    const page = await client
      .get(`/pay/runs/${runId}/preview?person=${personIds[1]}`)
      .loginAs(officer)
    page.assertStatus(200)
    assert.deepEqual(await Promise.all(tables.map((name) => rowsOf(name))), before)
    const shown = readable(page.text())
    for (const text of [
      '岗位工资 ¥680.00 公式：岗位工资标准 680 = 680',
      '岗位工资标准 专技十级，2006-07-01 起',
      '公式：限(养老医疗缴费基数, 缴费基数下限, 缴费基数上限) * 8% 限(8500, 3800, 19000) * 8% = 680',
      '四舍五入到分：¥680.00',
      '工资基础，2022-01-01 起',
      '参数（默认值）',
      '累计收入 ¥4,382.00 − 免税',
      '税率表：个人所得税预扣率表一',
    ]) {
      assert.include(shown, text)
    }
    // the same words stand on the slip when the run is computed
    await compute(office, runId)
    const slip = (await slipList({ runId })).find(({ personId }) => personId === personIds[1])!
    const stored = readable((await client.get(`/pay/slips/${slip.id}`).loginAs(officer)).text())
    const opened = (text: string) =>
      text.slice(text.indexOf('点开任一金额'), text.indexOf('单位住房公积金'))
    assert.equal(opened(shown), opened(stored))
  })

  test('who lacks something is told what; who is not paid by the run is told so', async ({
    client,
    assert,
  }) => {
    const { officer, runId, personIds } = await givenMonth()
    await inTransaction((trx) =>
      trx.from('wage_bases').where('person_id', personIds[0]).update({ step: null })
    )
    const look = async (personId: number) => {
      const page = await client
        .get(`/pay/runs/${runId}/preview?person=${personId}`)
        .loginAs(officer)
      page.assertStatus(200)
      return readable(page.text())
    }
    const incomplete = await look(personIds[0])
    assert.include(incomplete, '缺少「薪级工资标准」')
    assert.include(incomplete, '公式：岗位工资标准')
    assert.include(await look(999_999), '此人不在本批次的发放范围内')
    const empty = await client.get(`/pay/runs/${runId}/preview`).loginAs(officer)
    assert.include(empty.text(), '试算一人')
  })

  test('the picker gives people of the own units only', async ({ client, assert }) => {
    const { officer } = await givenMonth()
    const elsewhere = await givenUser({ role: 'pay_officer', unitId: (await givenStaff(0)).unitId })
    const pick = (user: any) => client.get('/pay/bases/pick?q=职工').accept('json').loginAs(user)
    assert.deepEqual(
      (await pick(officer)).body().map(({ text }: any) => text),
      ['职工0', '职工1']
    )
    assert.deepEqual((await pick(elsewhere)).body(), [])
    const head = await pick(await givenUser({ role: 'finance_head' }))
    assert.equal(head.status(), 403)
  })

  test('岗位系数 is read by a monthly formula: the post by its source, nobody without a post', async ({
    client,
    assert,
  }) => {
    const { office, officer, unitId, personIds, runId } = await givenMonth()
    const departmentId = await givenDepartment(unitId)
    const postId = await givenPost(unitId, departmentId, { coefficient: '1.35' })
    await inTransaction((trx) =>
      trx.from('assignments').where('person_id', personIds[0]).update({ post_id: postId })
    )
    const trial = await givenItem(office, '岗位津贴', '岗位系数 * 津贴补贴标准')
    assert.deepEqual(trial, { people: 2, totalFen: 810_00, missing: 1 })
    await compute(office, runId)
    const [computed, missing] = await slipList({ runId })
    assert.deepEqual(missing.missing, ['岗位系数'])
    const line = (await linesOf([computed.id])).find(({ code }) => code === 'post_value')!
    assert.equal(line.amountFen, 810_00)
    assert.deepEqual(line.trace.used, { 岗位系数: '1.35', 津贴补贴标准: '600' })
    const { 岗位系数: input } = (await inputsOf([computed.id])).get(computed.id)!
    assert.deepEqual(input, { value: '1.35', source: 'post_value|编辑||post' })
    const page = await client.get(`/pay/slips/${computed.id}`).loginAs(officer)
    assert.include(readable(page.text()), '岗位系数 1.35 岗位系数 编辑（岗位表）')
    assert.deepEqual((await verifyRun(runId)).differences, [])
    // 出勤率 has no monthly record: a formula that reads it is refused when it is saved
    await assert.rejects(() => givenItem(office, '出勤奖', '出勤率 * 100'))
  })
})
