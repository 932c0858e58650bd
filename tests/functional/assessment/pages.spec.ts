import { test } from '@japa/runner'
import { searchAssessments } from '#assessment/queries/assessment_search'
import { assessmentById } from '#assessment/queries/assessments'
import { resultOfUnit } from '#assessment/queries/results'
import { clock } from '#shared/clock'
import { readWorkbook } from '#shared/spreadsheets/workbook_reader'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenAssessment, TODAY } from './givens.js'

test.group('Pages of assessments', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  const post = (client: any, url: string, user: any, form: object = {}) =>
    client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)

  test('from the sheet to the published report, through the forms', async ({ client, assert }) => {
    const office = await givenUser({ role: 'leading_group_office' })
    const leader = await givenUser({ role: 'leadership' })
    const unitId = await givenUnit({ name: '市财政局' })
    await post(client, '/assessment/sheets', office, {
      kind: 'progress',
      title: '跟踪测评指标',
      valid_from: '2022-01-01',
      yellow_points: '2',
      red_points: '５',
    })
    const [sheet] = await rowsOf('assessment_sheets')
    assert.equal(sheet.red_points, 500)
    const place = `/assessment/sheets/${sheet.id}`
    const indicator = { name: '资金到位率', source: 'entered', rule: 'at_least', measured_in: '%' }
    const bad = await post(client, `${place}/indicators`, office, {
      ...indicator,
      target: '半',
      weight: '100',
    })
    assert.lengthOf(bad.flashMessage('inputErrorsBag').target, 1)
    const form = { ...indicator, target: '98.5', weight: '100' }
    await post(client, `${place}/indicators`, office, form)
    await post(client, `${place}/adoption`, leader, {
      version: 1,
      document_id: String(await givenDocument()),
    })
    await post(client, '/assessment', office, {
      'kind': 'progress',
      'year': 2022,
      'quarter': 1,
      'unit_ids[]': unitId,
    })
    const [assessment] = await rowsOf('assessments')
    assert.equal(assessment.read_on, '2022-03-31')
    const url = `/assessment/${assessment.id}`
    const { version, scores } = await resultOfUnit(assessment.id, unitId)
    const field = (name: string) => `values[0][${name}]`
    const values = {
      version,
      [field('indicator_id')]: scores[0].indicatorId,
      [field('actual')]: '49.25%',
      [field('origin')]: '市财政局',
    }
    const half = await post(client, `${url}/units/${unitId}`, office, values)
    assert.lengthOf(half.flashMessage('inputErrorsBag')['values.0.evidence'], 1)
    const whole = { ...values, [field('evidence')]: '拨款凭证' }
    await post(client, `${url}/units/${unitId}`, office, whole)
    assert.equal((await resultOfUnit(assessment.id, unitId)).score, 50_00)
    const move = async (name: string, user: any) => {
      const { version: at } = await assessmentById(assessment.id)
      await post(client, `${url}/${name}`, user, { version: at })
    }
    await move('submission', office)
    await move('confirmation', leader)
    await move('publication', office)
    const page = await client.get(url).loginAs(leader)
    assert.include(page.text(), '2022年第1季度跟踪测评')
    assert.include(page.text(), '<strong>50</strong>')
    for (const format of ['pdf', 'xlsx']) {
      const file = await client.get(`${url}/report?format=${format}`).loginAs(leader)
      file.assertStatus(200)
    }
    const exported = { action: 'assessment.assessment.exported' }
    assert.lengthOf(await rowsOf('audit_events', exported), 2)
  })

  test('a workbook with an indicator that does not apply is whole', async ({ client, assert }) => {
    const { id, unitIds, enter } = await givenAssessment()
    await enter(unitIds[0], [{ applies: false, evidence: '本季度无此项工作' }])
    const leader = await givenUser({ role: 'leadership' })
    const asked = client.get(`/assessment/${id}/report?format=xlsx`).loginAs(leader)
    asked.request.responseType('arraybuffer')
    const file = await asked
    file.assertStatus(200)
    const { sheets } = await readWorkbook({ buffer: file.body() })
    const cells = sheets[1].rows.flatMap((row) => row.cells.map(({ text }) => text))
    assert.includeMembers(cells, ['不适用', '本季度无此项工作'])
  })

  test('a unit’s liaison sees the own result once it is published, and nothing of another', async ({
    client,
    assert,
  }) => {
    const { id, unitIds, enter, publish } = await givenAssessment()
    for (const unitId of unitIds) await enter(unitId, [{ actual: 90_00 }])
    const liaison = await givenUser({ role: 'liaison', unitId: unitIds[0] })
    const elsewhere = await givenUser({ role: 'liaison', unitId: await givenUnit() })
    const status = async (url: string, user: any) => {
      const page = await client.get(url).loginAs(user)
      return page.status()
    }
    assert.equal(await status(`/assessment/${id}`, liaison), 403)
    assert.equal(await status(`/assessment/${id}/units/${unitIds[0]}`, liaison), 403)
    await publish()
    const page = await client.get(`/assessment/${id}`).loginAs(liaison)
    page.assertStatus(200)
    assert.include(page.text(), '甲局')
    assert.notInclude(page.text(), '乙局')
    assert.equal(await status(`/assessment/${id}/units/${unitIds[0]}`, liaison), 200)
    assert.equal(await status(`/assessment/${id}/units/${unitIds[1]}`, liaison), 403)
    assert.equal(await status(`/assessment/${id}/report`, liaison), 403)
    assert.equal(await status(`/assessment/${id}`, elsewhere), 403)
    const list = await client.get('/assessment').loginAs(elsewhere)
    assert.notInclude(list.text(), `/assessment/${id}`)
    const own = await givenActor({ role: 'liaison', unitId: unitIds[0] })
    assert.lengthOf(await searchAssessments(own, '甲局', 5), 1)
    assert.lengthOf(await searchAssessments(own, '乙局', 5), 0)
  })

  test('strangers change nothing', async ({ client, assert }) => {
    const { id, unitIds, sheetId } = await givenAssessment()
    const strangers = [
      await givenUser({ role: 'hr_head' }),
      await givenUser({ role: 'auditor' }),
      await givenUser({ role: 'liaison', unitId: unitIds[0] }),
    ]
    const form = { version: 2, comment: '无', summary: '无', values: [] }
    const before = await rowsOf('assessments')
    for (const user of strangers) {
      for (const act of [
        'reading',
        'summary',
        'submission',
        'confirmation',
        'return',
        'publication',
        'withdrawal',
        'revision',
        `units/${unitIds[0]}`,
      ]) {
        const sent = await post(client, `/assessment/${id}/${act}`, user, form)
        sent.assertStatus(403)
      }
      const adopted = await post(client, `/assessment/sheets/${sheetId}/adoption`, user, form)
      adopted.assertStatus(403)
    }
    assert.deepEqual(await rowsOf('assessments'), before)
  })
})
