import { test } from '@japa/runner'
import { returnRun } from '#pay/actions/move_run'
import { useOfTotals } from '#pay/documents/use_of_totals'
import { useByMonth } from '#pay/presenters/use_figures'
import { runList } from '#pay/queries/runs'
import { useOfYear } from '#pay/queries/use_of_totals'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { sheetsByAnother } from '#tests/support/workbooks'
import { approve, at, compute, givenPayroll, givenReleased, givenRun, TODAY } from './givens.js'

test.group('Use of the totals', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  /** May and June of two people released (3,000 yuan each), July approved and returned. */
  async function givenUse() {
    const { office, unitId } = await givenPayroll(2, 50_000_00, 90_000_00)
    const monthOf = (month: string) => ({ monthFrom: month, monthTo: month, payMonth: month })
    for (const month of ['2022-05', '2022-06']) await givenReleased(office, unitId, monthOf(month))
    const runId = await givenRun(office, unitId, monthOf('2022-07'))
    await compute(office, runId)
    await approve(office, runId)
    const approved = await useOfYear([unitId], 2022)
    await returnRun({ ...(await at(runId)), comment: '重算' }, office.head)
    return { office, unitId, approved }
  }

  test('month by month is what the runs drew and what was used; a returned run gives it back', async ({
    assert,
  }) => {
    const { unitId, approved } = await givenUse()
    assert.deepEqual([...approved.rows[0].months.keys()], ['2022-05', '2022-06', '2022-07'])
    assert.equal(approved.rows[0].usedFen, 18_000_00)
    const use = await useOfYear([unitId], 2022)
    const [basic, incentive] = use.rows
    assert.deepInclude(basic, {
      part: 'basic',
      approvedFen: 90_000_00,
      allottedFen: 50_000_00,
      usedFen: 12_000_00,
    })
    assert.deepInclude(incentive, { part: 'incentive', approvedFen: 90_000_00, usedFen: 0 })
    const { months, sums } = useByMonth(use)
    assert.deepEqual(
      months.map(({ month, whole }) => [month, whole]),
      [
        ['2022-05', 6_000_00],
        ['2022-06', 6_000_00],
      ]
    )
    const runs = await runList({ units: [unitId], state: 'released' })
    assert.equal(
      sums.whole,
      runs.reduce((sum, { drawnFen }) => sum + drawnFen, 0)
    )
    assert.isTrue(use.agrees)
    assert.deepEqual((await useOfYear([unitId], 2021)).rows, [])
    await inTransaction((trx) => trx.from('pay_allotments').update({ used_fen: 1 }))
    assert.isFalse((await useOfYear([unitId], 2022)).agrees)
  })

  test('page, PDF and workbook say the same of the year that was asked for', async ({
    client,
    assert,
  }) => {
    const { unitId } = await givenUse()
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const get = (path: string) => client.get(`/pay/totals/use${path}`).loginAs(officer)
    for (const path of ['', '?year=2022']) {
      const page = await get(path)
      page.assertStatus(200)
      for (const text of ['2022 年绩效工资总量使用情况', '¥168,000.00', '各月合计与发放批次']) {
        assert.include(page.text(), text)
      }
    }
    assert.include((await get('?year=2021')).text(), '2021 年没有核定总量')
    const pdf = await get('/pdf?year=2022')
    assert.equal(pdf.body().subarray(0, 5).toString(), '%PDF-')
    const drawn = JSON.stringify(useOfTotals(await useOfYear([unitId], 2022), TODAY))
    for (const text of ['2022年度绩效工资总量使用情况表', '90,000.00', '2022-05', '12,000.00']) {
      assert.include(drawn, text)
    }
    const [whole, months] = await sheetsByAnother(get('/excel?year=2022'))
    assert.deepInclude(whole, ['融媒体中心', '在编', '基础性', 90000, 50000, 12000, 78000, '13.3%'])
    assert.deepInclude(months, ['2022-05', '融媒体中心', '在编', 6000, 0, 6000])
    const exported = await rowsOf('audit_events', { action: 'pay.total.exported' })
    assert.lengthOf(exported, 2)
    const list = await client.get('/pay/runs?month=2022-05').loginAs(officer)
    assert.include(list.text(), '2022-05 工资')
    assert.notInclude(list.text(), '2022-06 工资')
  })

  test('what is no year is refused with a message; other units stay out', async ({
    client,
    assert,
  }) => {
    const { unitId } = await givenUse()
    const officer = await givenUser({ role: 'pay_officer', unitId })
    for (const year of ['1999', '22', 'abc', '2022-01', '2022;drop']) {
      for (const path of ['', '/pdf', '/excel']) {
        const page = await client.get(`/pay/totals/use${path}`).qs({ year }).loginAs(officer)
        assert.equal(page.status(), 422, `${path} ${year}`)
        assert.include(page.text(), '不是有效的年度')
      }
    }
    const elsewhere = await givenUser({ role: 'pay_officer', unitId: await givenUnit() })
    const page = await client.get('/pay/totals/use?year=2022').loginAs(elsewhere)
    assert.include(page.text(), '2022 年没有核定总量')
    assert.notInclude(page.text(), '12,000.00')
    const staff = await givenUser({ role: 'department_manager', unitId })
    for (const path of ['', '/pdf', '/excel']) {
      ;(await client.get(`/pay/totals/use${path}`).loginAs(staff)).assertStatus(403)
    }
  })
})
