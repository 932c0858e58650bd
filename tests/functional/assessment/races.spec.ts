import { test } from '@japa/runner'
import { addIndicator, removeIndicator } from '#assessment/actions/indicators'
import { returnAssessment, submitAssessment } from '#assessment/actions/move_assessment'
import { openAssessment } from '#assessment/actions/open_assessment'
import { publishAssessment, confirmAssessment } from '#assessment/actions/move_assessment'
import { adoptSheet, createSheet } from '#assessment/actions/sheets'
import { assessmentById } from '#assessment/queries/assessments'
import { resultsOf } from '#assessment/queries/results'
import { indicatorsOf, sheetById } from '#assessment/queries/sheets'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, rowsOf } from '#tests/support/givens'
import { together } from '#tests/support/together'
import { givenAssessment, givenOffice, indicator, QUARTER, TODAY } from './givens.js'

const ROUNDS = 10

test.group('Assessments, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('a value taken out while the assessment is handed in: nothing is handed in with a gap', async ({
    assert,
  }) => {
    const { id, at, enter, unitIds, leader, office } = await givenAssessment()
    for (let round = 0; round < ROUNDS; round++) {
      for (const unitId of unitIds) await enter(unitId, [{ actual: 90_00 }])
      const move = await at()
      const submit = () => submitAssessment(move, office)
      const clear = () => enter(unitIds[0], [{ actual: null }])
      const refusals = await together(round % 2 ? [submit, clear] : [clear, submit])
      const { state } = await assessmentById(id)
      const gaps = (await resultsOf(id, null)).filter(({ score }) => score === null)
      assert.deepEqual(
        [refusals.length, gaps.length],
        [1, state === 'submitted' ? 0 : 1],
        `round ${round}`
      )
      if (state === 'submitted')
        await returnAssessment({ ...(await at()), comment: '再核' }, leader)
    }
  }).timeout(120_000)

  test('indicators added by two, and a sheet adopted meanwhile: its weights are 100', async ({
    assert,
  }) => {
    const { office, leader } = await givenOffice()
    const documentId = await givenDocument()
    for (let round = 0; round < ROUNDS; round++) {
      const head = { yellowPoints: 2_00, redPoints: 5_00, kind: 'accountability' as const }
      const validFrom = `2022-02-${String(round + 1).padStart(2, '0')}`
      const sheetId = await createSheet({ ...head, title: '指标', validFrom }, office)
      const add = (name: string) => () =>
        addIndicator({ ...indicator({ name, weight: 50_00 }), sheetId }, office)
      assert.deepEqual(await together([add('甲'), add('乙')]), [])
      const { version } = await sheetById(sheetId)
      const adopt = () => adoptSheet({ sheetId, version, documentId }, leader)
      const [first] = await indicatorsOf(sheetId)
      const change = [
        add('丙'),
        () => removeIndicator({ indicatorId: first.id, version: 1 }, office),
      ][round % 2]
      const refusals = await together([adopt, change])
      const weights = (await indicatorsOf(sheetId)).reduce((sum, { weight }) => sum + weight, 0)
      const { state } = await sheetById(sheetId)
      assert.lengthOf(refusals, 1)
      assert.equal(weights === 100_00, state === 'adopted', `round ${round}`)
    }
  }).timeout(120_000)

  test('a quarter published while it is opened anew has one assessment', async ({ assert }) => {
    const { id, at, enter, act, unitIds, office, leader } = await givenAssessment()
    for (const unitId of unitIds) await enter(unitId, [{ actual: 90_00 }])
    await act(submitAssessment, office)
    await act(confirmAssessment, leader)
    const move = await at()
    const refusals = await together([
      () => publishAssessment(move, office),
      () => openAssessment({ ...QUARTER, unitIds }, office),
    ])
    assert.lengthOf(refusals, 1)
    assert.equal((await assessmentById(id)).state, 'published')
    assert.lengthOf(await rowsOf('assessments'), 1)
  })
})
