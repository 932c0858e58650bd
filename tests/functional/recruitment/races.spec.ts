import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { returnPlan, submitPlan } from '#recruitment/actions/approve_plan'
import { closeStage, rerank } from '#recruitment/actions/close_stage'
import { enterScores } from '#recruitment/actions/enter_scores'
import { withdrawApplication } from '#recruitment/actions/apply'
import { addExaminer } from '#recruitment/actions/examiners'
import { startReview, startTests } from '#recruitment/actions/move_plan'
import { createPlan } from '#recruitment/actions/save_plan'
import { decideScoreChange, proposeScoreChange } from '#recruitment/actions/score_changes'
import { applicationList } from '#recruitment/queries/applications'
import { openDifferences } from '#recruitment/queries/differences'
import { recruitmentById } from '#recruitment/queries/recruitments'
import { takersOf } from '#recruitment/queries/scores'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument } from '#tests/support/givens'
import { together } from '#tests/support/together'
import {
  application,
  applyMany,
  at,
  close,
  enterTwice,
  givenOffice,
  givenOpenPlan,
  givenUnitWithPost,
  planInput,
  qualifyAll,
  TODAY,
  toTests,
  type Office,
} from './givens.js'

const ROUNDS = 15

test.group('Recruitment, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('the last place of a post wanted by two plans: one gets it', async ({ assert }) => {
    const { hr1, personnel } = await givenOffice()
    const { unitId, postId } = await givenUnitWithPost(9)
    await db.from('posts').where('id', postId).update({ headcount: 1 })
    const posts = [{ postId, places: 1, minEducation: null, maxAge: null, requirements: null }]
    const plans = [
      await createPlan(await planInput({ unitId, posts }), hr1),
      await createPlan(await planInput({ unitId, posts }), hr1),
    ]
    for (let round = 0; round < ROUNDS; round++) {
      const moves = await Promise.all(plans.map(at))
      const refusals = await together(moves.map((move) => () => submitPlan(move, hr1)))
      assert.deepEqual(refusals, ['recruitment.errors.no_places'])
      const winner = await db.from('recruitments').where('state', 'submitted').firstOrFail()
      await returnPlan({ ...(await at(Number(winner.id))), comment: '再来一次' }, personnel)
    }
  }).timeout(120_000)

  test('who withdraws while the tests begin has no seat, or is told', async ({ assert }) => {
    const office = await givenOffice()
    for (let round = 0; round < 8; round++) {
      const { id, recruitmentPostId } = await givenOpenPlan(office)
      const [applicationId] = await applyMany(id, recruitmentPostId, 7)
      await qualifyAll(id, office.hr1)
      clock.freeze('2022-03-15')
      await startReview(await at(id), office.hr1)
      const move = await at(id)
      const { version } = await application(applicationId)
      const begin = () => startTests(move, office.hr1)
      const leave = () => withdrawApplication({ applicationId, version })
      const refusals = await together(round % 2 ? [begin, leave] : [leave, begin])
      const { state, ticketNo } = await application(applicationId)
      assert.deepEqual(
        [refusals.length, state, ticketNo === null],
        refusals.length ? [1, 'qualified', false] : [0, 'withdrawn', true],
        `round ${round}`
      )
      clock.freeze(TODAY)
      await emptyDatabase()
      Object.assign(office, await givenOffice())
    }
  }).timeout(120_000)

  test('two changes of scores signed at once: everybody is ranked by both', async ({ assert }) => {
    const office = await givenOffice()
    const { id: recruitmentId, takers } = await givenWritten(office)
    await enterTwice(recruitmentId, 'written', 0, office, (index) => 7000 + index * 100)
    await close(recruitmentId, 'written', office.head)
    const documentId = await givenDocument()
    const examinerId = await addExaminer(
      { recruitmentId, name: '考官甲', organization: null, personId: null },
      office.hr1
    )
    await enterTwice(recruitmentId, 'interview', examinerId, office, () => 8000)
    await close(recruitmentId, 'interview', office.head)
    for (let round = 0; round < ROUNDS; round++) {
      const changes: number[] = []
      for (const [index, { id }] of takers.slice(-2).entries()) {
        const change = { applicationId: id, stage: 'interview' as const, documentId }
        const score = 6000 + round * 10 + index
        changes.push(await proposeScoreChange({ ...change, score, reason: '漏统' }, office.hr1))
      }
      const refusals = await together(
        changes.map(
          (changeId) => () =>
            decideScoreChange({ changeId, version: 1, verdict: 'approve' }, office.head)
        )
      )
      assert.deepEqual(refusals, [])
      const kept = await ranking(recruitmentId)
      const plan = await recruitmentById(recruitmentId)
      await inTransaction((trx) => rerank(trx, plan))
      assert.deepEqual(kept, await ranking(recruitmentId), `round ${round}`)
    }
  }).timeout(120_000)

  test('a sheet written anew while its stage is closed: both entries stay alike', async ({
    assert,
  }) => {
    const office = await givenOffice()
    const { id: recruitmentId, takers } = await givenWritten(office)
    await enterTwice(recruitmentId, 'written', 0, office, () => 7000)
    const { version } = await recruitmentById(recruitmentId)
    const scores = takers.map(({ id }) => ({ applicationId: id, score: 6000 }))
    const sheet = { recruitmentId, stage: 'written' as const, examinerId: 0, scores }
    const refusals = await together([
      () => closeStage({ recruitmentId, version, stage: 'written' }, office.head),
      () => enterScores(sheet, office.hr1),
    ])
    assert.lengthOf(refusals, 1)
    const plan = await recruitmentById(recruitmentId)
    const open = await openDifferences(plan, 'written')
    assert.equal(open.length > 0, plan.writtenClosedAt === null)
  })
})

/** Tests have begun for six people and two places. */
async function givenWritten(office: Office) {
  const { id, recruitmentPostId } = await givenOpenPlan(office)
  await applyMany(id, recruitmentPostId, 6)
  await toTests(id, office)
  return { id, takers: await takersOf(await recruitmentById(id), 'written') }
}

async function ranking(recruitmentId: number) {
  const people = await applicationList({ recruitmentId })
  return people.map(({ id, totalScore, rankNo }) => ({ id, totalScore, rankNo }))
}
