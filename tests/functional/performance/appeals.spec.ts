import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { answerAppeal, raiseAppeal } from '#performance/actions/appeals'
import { closeCycle } from '#performance/actions/move_cycle'
import { signCard } from '#performance/actions/own_card'
import { correctResult } from '#performance/actions/rate_card'
import { cardById } from '#performance/queries/cards'
import { cycleById } from '#performance/queries/cycles'
import { proposalsOf } from '#performance/queries/proposals'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser } from '#tests/support/givens'
import type { Rating } from '#performance/domain/codes'
import {
  cardsOf,
  givenCycle,
  givenOffice,
  givenState,
  givenTeam,
  rate,
  versionOf,
} from './givens.js'

test.group('The time to appeal', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2023-01-10')
    return () => clock.release()
  })

  /** One person in a year's review that is being signed until 9 February. */
  async function givenSigning(rating: Rating) {
    const { unitId } = await givenTeam(1)
    const cycleId = await givenCycle(unitId, { kind: 'year', date: '2022-01-01' })
    const [{ id: cardId, personId }] = await cardsOf(cycleId)
    await givenState(cycleId, 'decision')
    await rate(cardId, rating)
    await db
      .from('review_cycles')
      .where('id', cycleId)
      .update({ state: 'signing', appeal_to: '2023-02-09' })
    const user = await givenUser({ personId })
    const person = await buildActor(user.id)
    const { head } = await givenOffice()
    const version = async () => (await cardById(cardId)).version
    return {
      cycleId,
      cardId,
      user,
      person,
      head,
      sign: async () =>
        signCard({ cardId, version: await version(), agreed: true, comment: null }, person),
      close: async () => closeCycle({ cycleId, version: await versionOf(cycleId) }, head),
      appeal: () => raiseAppeal({ cardId, reason: '任务变更' }, person),
      correct: async (to: Rating) => {
        const correction = { version: await version(), score: null, rating: to, reason: '复核' }
        await correctResult({ cardId, ...correction, documentId: await givenDocument() }, head)
      },
    }
  }

  test('runs to its end for who was rated low, though all have signed', async ({ assert }) => {
    const { cycleId, sign, close, appeal } = await givenSigning('basically_qualified')
    await sign()
    await assert.rejects(close, 'performance.errors.appeal_runs')
    await appeal()
    await db.from('review_appeals').update({ state: 'rejected' })
    clock.freeze('2023-02-10')
    await assert.rejects(appeal, 'performance.errors.appeal_late')
    await close()
    assert.equal((await cycleById(cycleId)).state, 'closed')
  })

  test('binds nobody where all are rated well and have signed', async ({ assert }) => {
    const { cycleId, sign, close, appeal } = await givenSigning('qualified')
    await assert.rejects(appeal, 'performance.errors.not_appealable')
    await assert.rejects(close, 'performance.errors.signatures_missing')
    await sign()
    await close()
    assert.equal((await cycleById(cycleId)).state, 'closed')
  })

  test('begins anew with a correction of a closed review; what is upheld leads to what it should', async ({
    client,
    assert,
  }) => {
    const { cycleId, cardId, user, head, sign, close, appeal, correct } =
      await givenSigning('qualified')
    await sign()
    await close()
    clock.freeze('2023-05-01')
    await assert.rejects(appeal, 'performance.errors.not_appealable')
    await correct('unqualified')
    const page = () => client.get(`/performance/cards/${cardId}`).loginAs(user)
    const form = `/performance/cards/${cardId}/appeals"`
    assert.include((await page()).text(), form)
    assert.include((await page()).text(), '2023-05-31')
    clock.freeze('2023-06-01')
    assert.notInclude((await page()).text(), form)
    await assert.rejects(appeal, 'performance.errors.appeal_late')
    clock.freeze('2023-05-31')
    const appealId = await appeal()
    const answer = { appealId, version: 1, uphold: true, answer: '情况属实' }
    await answerAppeal({ ...answer, rating: 'qualified' }, head)
    const [{ kinds }] = await proposalsOf(cycleId)
    assert.include(kinds, 'step_up')
  })
})
