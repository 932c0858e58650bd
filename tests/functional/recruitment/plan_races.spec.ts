import { test } from '@japa/runner'
import { apply } from '#recruitment/actions/apply'
import { cancelPlan } from '#recruitment/actions/approve_plan'
import { addExaminer } from '#recruitment/actions/examiners'
import { recordCheck } from '#recruitment/actions/checks'
import {
  announceResult,
  chooseCandidates,
  startHiring,
  startReview,
  startTests,
} from '#recruitment/actions/move_plan'
import { recordObjection } from '#recruitment/actions/objections'
import { settlePost } from '#recruitment/actions/review'
import { applicationList } from '#recruitment/queries/applications'
import { recruitmentById } from '#recruitment/queries/recruitments'
import { recruitmentPostById } from '#recruitment/queries/recruitment_posts'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { overtaking } from '#tests/support/overtaking'
import {
  applicationInput,
  applyMany,
  at,
  close,
  enterTwice,
  givenOffice,
  givenOpenPlan,
  qualifyAll,
  TODAY,
  toTests,
  type Office,
} from './givens.js'

test.group('A plan moves on, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('the places of a post stay when the tests begin while they are changed', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    await applyMany(id, recruitmentPostId, 6)
    clock.freeze('2022-03-11')
    await startReview(await at(id), office.hr1)
    await qualifyAll(id, office.hr1)
    const move = await at(id)
    const { version } = await recruitmentPostById(recruitmentPostId)
    const settle = { recruitmentPostId, version, places: 0, ratioDocumentId: null }
    const refusals = await overtaking(
      (trx) => startTests(move, office.head, trx),
      () => settlePost(settle, office.head)
    )
    assert.deepEqual(refusals, ['recruitment.errors.post_fixed'])
    assert.equal((await recruitmentPostById(recruitmentPostId)).places, 2)
  })

  test('no objection comes in when hiring begins while it is taken', async ({ assert }) => {
    const office = await givenOffice()
    const id = await givenPublicity(office)
    const { publicityTo } = await recruitmentById(id)
    const move = await at(id)
    const objection = { recruitmentId: id, applicationId: null, content: '学历不实' }
    const refusals = await overtaking(
      async (trx) => {
        clock.freeze('2022-03-24')
        await startHiring(move, office.head, trx)
        // The objection was handed over before midnight.
        clock.freeze(publicityTo!)
      },
      () => recordObjection(objection, office.hr1)
    )
    assert.deepEqual(refusals, ['recruitment.errors.no_publicity'])
    assert.lengthOf(await rowsOf('recruitment_objections'), 0)
  })

  test('nobody applies to a plan that is being cancelled', async ({ assert }) => {
    const office = await givenOffice()
    const { id, recruitmentPostId } = await givenOpenPlan(office)
    const move = { ...(await at(id)), comment: '机构改革暂停进人' }
    const refusals = await overtaking(
      (trx) => cancelPlan(move, office.head, trx),
      () => apply(applicationInput(id, recruitmentPostId))
    )
    assert.deepEqual(refusals, ['recruitment.errors.not_open'])
    assert.lengthOf(await rowsOf('recruitment_applications'), 0)
  })
})

/** Two candidates have passed and stand in the publicity, until 23 March. */
async function givenPublicity(office: Office): Promise<number> {
  const { id, recruitmentPostId } = await givenOpenPlan(office)
  await applyMany(id, recruitmentPostId, 6)
  await toTests(id, office)
  await enterTwice(id, 'written', 0, office, (index) => 7000 + index * 100)
  await close(id, 'written', office.head)
  const examiner = { recruitmentId: id, name: '考官甲', organization: null, personId: null }
  const examinerId = await addExaminer(examiner, office.hr1)
  await enterTwice(id, 'interview', examinerId, office, () => 8000)
  await close(id, 'interview', office.head)
  await chooseCandidates(await at(id), office.head)
  for (const one of await applicationList({ recruitmentId: id, state: 'candidate' })) {
    const passed = { applicationId: one.id, result: 'passed' as const, note: null }
    await recordCheck({ ...passed, version: one.version, kind: 'background' }, office.hr1)
    await recordCheck({ ...passed, version: one.version + 1, kind: 'medical' }, office.hr1)
  }
  clock.freeze('2022-03-14')
  await announceResult(await at(id), office.head)
  return id
}
