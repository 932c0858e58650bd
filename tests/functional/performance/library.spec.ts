import { test } from '@japa/runner'
import { bookPoints } from '#performance/actions/book_points'
import { computeCards } from '#performance/actions/compute_cards'
import { createIndicator, type IndicatorInput } from '#performance/actions/indicators'
import { evaluatePost } from '#performance/actions/save_post_value'
import { cycleById } from '#performance/queries/cycles'
import { indicatorVersions } from '#performance/queries/indicators'
import { evaluationsOf, postValuesOn } from '#performance/queries/post_values'
import { clock } from '#shared/clock'
import { insertRow, inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser, rowsOf } from '#tests/support/givens'
import { importOrganization, importRosters, importSample } from '../imports/samples.js'
import {
  cardsOf,
  givenCycle,
  givenLibrary,
  givenScheme,
  givenTeam,
  system,
  TODAY,
} from './givens.js'

const put = async (input: Pick<IndicatorInput, 'code' | 'kind' | 'source'>, formula?: string) =>
  createIndicator(
    {
      name: `指标 ${input.code}`,
      measure: '分',
      validFrom: '2020-01-01',
      formula: formula ?? null,
      documentId: await givenDocument(),
      ...input,
    },
    system
  )

test.group('The indicator library', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('work points of the quarter and attendance from a long leave become the score', async ({
    assert,
  }) => {
    const team = await givenTeam(2)
    const library = await givenLibrary()
    const [worker, away] = team.personIds
    const points = await put({ code: 'GF', kind: 'quantity', source: 'work_points' }, '数值 * 10')
    const attendance = await put({ code: 'CQ2', kind: 'attendance', source: 'computed' })
    await givenScheme(library, team.unitId, {
      items: [
        { indicatorId: points, weight: 10_000 },
        { indicatorId: attendance, weight: 0 },
      ],
    })
    for (const [index, workedOn] of ['2022-04-01', '2022-06-30', '2022-07-01'].entries()) {
      const piece = { kind: '稿件', piece: `第${index}篇`, points: '3.25', workedOn }
      await bookPoints({ key: `w${index}`, personId: worker, ...piece }, system)
    }
    await inTransaction((trx) =>
      insertRow(trx, 'personnel_events', {
        number: 'RS-1',
        kind: 'long_leave',
        state: 'done',
        person_id: away,
        unit_id: team.unitId,
        effective_on: '2022-04-01',
        until_on: '2022-05-11',
        details: JSON.stringify({ leaveType: 'sick' }),
        version: 1,
        created_at: clock.now(),
      })
    )
    const cycleId = await givenCycle(team.unitId)
    await inTransaction(async (trx) => computeCards(trx, await cycleById(cycleId, trx)))
    const cards = new Map((await cardsOf(cycleId)).map((card) => [card.personId, card]))
    // two of the three pieces are of the quarter: 6.5 points, tenfold
    assert.deepInclude(cards.get(worker), { quantity: '65', attendance: '1' })
    // 40 of 91 days away
    assert.deepInclude(cards.get(away), { quantity: '0', attendance: '0.5604' })
    assert.isTrue(cards.get(worker)!.score !== null)
  })

  test('what no record and no sheet gives is refused at its field', async ({ assert, client }) => {
    await assert.rejects(
      () => put({ code: 'X1', kind: 'quantity', source: 'computed' }),
      'performance.errors.computed_attendance'
    )
    await assert.rejects(
      () => put({ code: 'X2', kind: 'quality', source: 'imported' }),
      'performance.errors.imported_figures'
    )
    await put({ code: 'ZLF', kind: 'quality', source: 'imported' })
    const officer = await givenUser({ role: 'hr_officer' })
    const form = {
      code: 'X3',
      name: '阅读量',
      kind: 'quantity',
      measure: '次',
      source: 'imported',
      valid_from: '2022-07-01',
      _form: '/performance/indicators',
    }
    const send = (fields: object) =>
      client
        .post('/performance/indicators')
        .loginAs(officer)
        .withCsrfToken()
        .header('referer', '/performance/indicators/create')
        .form({ ...form, ...fields })
    // a version stands on a document
    await send({ source: 'entered' })
    assert.lengthOf(await rowsOf('indicators', { code: 'X3' }), 0)
    const document = String(await givenDocument())
    const refused = await send({ document_id: document })
    assert.include(refused.text(), '质量分 ZLF')
    assert.include(refused.text(), 'X3')
    await send({ document_id: document, source: 'entered' })
    const [row] = await rowsOf('indicators', { code: 'X3' })
    assert.lengthOf(await indicatorVersions(Number(row.id)), 1)
  })

  test('the indicators that a sheet of results brings stand on the document of its cycle', async ({
    assert,
  }) => {
    clock.freeze('2022-01-10')
    await importOrganization()
    await importRosters()
    clock.freeze(TODAY)
    const rows = await rowsOf('units', { kind: 'reform' })
    const units = new Map(rows.map((row) => [row.name, Number(row.id)]))
    const centre = units.get('融媒体中心')!
    const merged = ['广播电视台', '报社', '新闻网络舆情中心'].map((name) => units.get(name)!)
    const cycleId = await givenCycle(centre, { kind: 'quarter', unitIds: merged })
    await importSample('review_results', 'pay/2022-q2.xlsx', { cycle: `${cycleId}:${centre}` })
    const { documentId } = await cycleById(cycleId)
    const versions = await rowsOf('indicator_versions')
    assert.lengthOf(versions, 4)
    for (const row of versions) {
      assert.deepEqual([Number(row.document_id), row.valid_from], [documentId, '2022-04-01'])
    }
  }).timeout(60_000)

  test('an evaluation by points comes before the post’s own value from its day; the old one stays', async ({
    assert,
    client,
  }) => {
    const { postId, unitId } = await givenTeam(1)
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const worth = async (day: string) => (await postValuesOn(day))(postId)
    assert.deepInclude(await worth(TODAY), { coefficient: '1.30', basis: 'post' })
    const evaluate = async (level: number, validFrom: string) => {
      const documentId = await givenDocument()
      const levels = {
        responsibility: level,
        skill: level,
        effort: level,
        conditions: level,
        contribution: level,
      }
      await evaluatePost({ postId, levels, validFrom, documentId }, system)
    }
    await evaluate(5, '2022-07-01')
    assert.deepInclude(await worth('2022-06-30'), { coefficient: '1.30', basis: 'post' })
    assert.deepInclude(await worth('2022-07-01'), { coefficient: '1.70', basis: 'evaluation' })
    await evaluate(1, '2022-07-01')
    assert.deepInclude(await worth('2022-07-01'), { coefficient: '0.80', basis: 'evaluation' })
    const kept = await evaluationsOf(postId)
    assert.deepEqual(
      kept.map(({ coefficient, current }) => [coefficient, current]),
      [
        ['0.80', true],
        ['1.70', false],
      ]
    )
    const page = await client.get(`/performance/post-values/${postId}`).loginAs(officer)
    for (const text of ['0.80', '1.70']) assert.include(page.text(), text)
  })
})
