import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { returnPlan, submitPlan } from '#recruitment/actions/approve_plan'
import { createPlan } from '#recruitment/actions/save_plan'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { together } from '#tests/support/together'
import { at, givenOffice, givenUnitWithPost, planInput, TODAY } from './givens.js'

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
})
