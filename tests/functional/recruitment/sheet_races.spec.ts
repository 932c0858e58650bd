import { test } from '@japa/runner'
import { countersign, enterScores } from '#recruitment/actions/enter_scores'
import { addExaminer, recuse } from '#recruitment/actions/examiners'
import { recruitmentById } from '#recruitment/queries/recruitments'
import { entriesOf, takersOf } from '#recruitment/queries/scores'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { overtaking } from '#tests/support/overtaking'
import { together } from '#tests/support/together'
import {
  applyMany,
  close,
  enterTwice,
  givenOffice,
  givenOpenPlan,
  TODAY,
  toTests,
  type Office,
} from './givens.js'

test.group('Sheets of scores, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('two who enter one sheet at once are its first and its second', async ({ assert }) => {
    const office = await givenOffice()
    const { sheet, scores } = await givenSheet(office)
    const refusals = await together([
      () => enterScores({ ...sheet, scores }, office.hr1),
      () => enterScores({ ...sheet, scores }, office.hr2),
    ])
    assert.deepEqual(refusals, [])
    const entries = await entriesOf(sheet.recruitmentId, sheet.stage)
    assert.deepEqual(
      entries.map(({ entry, scores: { size } }) => [entry, size]),
      [
        [1, scores.length],
        [2, scores.length],
      ]
    )
  })

  test('two who countersign one sheet at once: one does, the other is told', async ({ assert }) => {
    const office = await givenOffice()
    const { sheet, scores } = await givenSheet(office)
    await enterScores({ ...sheet, scores, source: 'imported' }, office.hr1)
    const refusals = await together([
      () => countersign(sheet, office.hr2),
      () => countersign(sheet, office.head),
    ])
    assert.deepEqual(refusals, ['recruitment.errors.nothing_to_countersign'])
    const entries = await entriesOf(sheet.recruitmentId, sheet.stage)
    assert.deepEqual(
      entries.map(({ source }) => source),
      ['imported', 'countersigned']
    )
  })

  test('who is recused while the examiner’s sheet is written is not scored by it', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { sheet, scores } = await givenSheet(office)
    const { recruitmentId } = sheet
    await enterTwice(recruitmentId, 'written', 0, office, () => 8000)
    await close(recruitmentId, 'written', office.head)
    const examiner = { recruitmentId, name: '李考官', organization: null, personId: null }
    const examinerId = await addExaminer(examiner, office.hr1)
    const [{ applicationId }] = scores
    const interview = { recruitmentId, stage: 'interview' as const, examinerId, scores }
    const recusal = { applicationId, examinerId, reason: '师生' }
    const refusals = await overtaking(
      (trx) => recuse(recusal, office.hr2, trx),
      () => enterScores(interview, office.hr1)
    )
    assert.deepEqual(refusals, ['recruitment.errors.recused'])
    assert.lengthOf(await rowsOf('recruitment_scores', { application_id: applicationId }), 2)
  })

  test('one recused by two at once is recused', async ({ assert }) => {
    const office = await givenOffice()
    const { sheet, scores } = await givenSheet(office)
    const { recruitmentId } = sheet
    const examiner = { recruitmentId, name: '李考官', organization: null, personId: null }
    const examinerId = await addExaminer(examiner, office.hr1)
    const recusal = { applicationId: scores[0].applicationId, examinerId, reason: '师生' }
    const refusals = await together([
      () => recuse(recusal, office.hr1),
      () => recuse(recusal, office.hr2),
    ])
    assert.deepEqual(refusals, [])
    assert.lengthOf(await rowsOf('recruitment_recusals'), 1)
  })
})

/** The written test of six people, and scores for everybody. */
async function givenSheet(office: Office) {
  const { id: recruitmentId, recruitmentPostId } = await givenOpenPlan(office)
  await applyMany(recruitmentId, recruitmentPostId, 6)
  await toTests(recruitmentId, office)
  const takers = await takersOf(await recruitmentById(recruitmentId), 'written')
  const scores = takers.map(({ id: applicationId }) => ({ applicationId, score: 8000 }))
  return { sheet: { recruitmentId, stage: 'written' as const, examinerId: 0 }, scores }
}
