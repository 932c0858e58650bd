import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type User from '#accounts/models/user'
import { buildActor } from '#accounts/queries/build_actor'
import { enterPoints, takeBackPoints } from '#performance/actions/enter_points'
import { calibrateCard, correctResult, rateCard } from '#performance/actions/rate_card'
import { setLeader } from '#performance/actions/set_leaders'
import { cardById } from '#performance/queries/cards'
import { changesOf } from '#performance/queries/result_versions'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser, rowsOf } from '#tests/support/givens'
import { cardsOf, givenCycle, givenState, givenTeam, rate, system, TODAY } from './givens.js'

test.group('Ratings by hand', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('nobody calibrates, rates or corrects the own result, nor is offered to', async ({
    client,
    assert,
  }) => {
    const { unitId } = await givenTeam(2)
    const cycleId = await givenCycle(unitId)
    const [own, other] = await cardsOf(cycleId)
    const user = await givenUser({ role: 'hr_head', personId: own.personId })
    const head = await buildActor(user.id)
    const form = { cardId: own.id, version: own.version, reason: '补记加分' }
    const isOwn = 'performance.errors.own_card'
    const offered = async (id: number) => {
      const page = await client.get(`/performance/cards/${id}`).loginAs(user)
      return ['rating', 'score', 'correction'].filter((act) =>
        page.text().includes(`/performance/cards/${id}/${act}"`)
      )
    }

    await givenState(cycleId, 'calibration')
    await assert.rejects(() => rateCard({ ...form, rating: 'excellent' }, head), isOwn)
    await assert.rejects(() => calibrateCard({ ...form, score: '99' }, head), isOwn)
    assert.deepEqual(await offered(own.id), [])
    assert.deepEqual(await offered(other.id), ['rating', 'score'])
    const list = await client.get(`/performance/cycles/${cycleId}?tab=decision`).loginAs(user)
    assert.notInclude(list.text(), `/performance/cards/${own.id}/rating`)
    assert.include(list.text(), `/performance/cards/${other.id}/rating`)
    await rate(other.id, 'qualified', head)

    await givenState(cycleId, 'signing')
    const correction = { ...form, score: null, rating: 'excellent' as const }
    const documentId = await givenDocument()
    await assert.rejects(() => correctResult({ ...correction, documentId }, head), isOwn)
    assert.deepEqual(await offered(own.id), [])
    assert.deepEqual(await offered(other.id), ['correction'])
    assert.isNull((await cardById(own.id)).rating)
    assert.lengthOf(await rowsOf('scorecard_changes', { scorecard_id: own.id }), 0)
  })

  test('nobody enters the own points, takes them back, or says that oneself is a leader', async ({
    client,
    assert,
  }) => {
    const { unitId, personIds } = await givenTeam(2)
    const [personId] = personIds
    const cycleId = await givenCycle(unitId)
    const user = await givenUser({ role: 'hr_officer', unitId, personId })
    const own = await buildActor(user.id)
    const entry = {
      key: '1',
      personId,
      kind: '稿件',
      piece: '头条',
      points: '-3',
      workedOn: '2022-06-01',
    }
    const isOwn = 'performance.errors.own_points'
    await assert.rejects(() => enterPoints(entry, own), isOwn)
    const entryId = await enterPoints(entry, system)
    await assert.rejects(() => takeBackPoints({ entryId, reason: '误记' }, own), isOwn)
    const list = await client.get('/performance/points?from=2022-06-01').loginAs(user)
    assert.include(list.text(), '头条')
    assert.notInclude(list.text(), `/performance/points/${entryId}/reversal`)
    await takeBackPoints({ entryId, reason: '误记' }, system)
    assert.lengthOf(await rowsOf('work_points'), 2)

    const card = (await cardsOf(cycleId)).find((one) => one.personId === personId)!
    const { id: cardId, version } = card
    const documentId = await givenDocument()
    await assert.rejects(
      () => setLeader({ cardId, version, leader: true, documentId }, own),
      'performance.errors.own_card'
    )
    const page = await client.get(`/performance/cards/${cardId}`).loginAs(user)
    assert.notInclude(page.text(), `/performance/cards/${cardId}/leader`)
  })

  test('a rating that was given changes by a reason alone, in the list as well', async ({
    client,
    assert,
  }) => {
    const { unitId } = await givenTeam(1)
    const cycleId = await givenCycle(unitId)
    const [{ id }] = await cardsOf(cycleId)
    const user = await givenUser({ role: 'hr_head' })
    await givenState(cycleId, 'calibration')
    const list = `/performance/cycles/${cycleId}?tab=decision`
    const send = async (form: object) => {
      const { version } = await cardById(id)
      const sent = client.post(`/performance/cards/${id}/rating`).loginAs(user).withCsrfToken()
      return sent.header('referer', list).form({ version, back: 'decision', ...form })
    }
    const ratings = async () =>
      (await changesOf(id)).map(({ ratingAfter, reason }) => [ratingAfter, reason])
    await send({ rating: 'excellent' })
    assert.deepEqual(await ratings(), [['excellent', null]])
    for (const reason of ['', '  ']) {
      const refused = await send({ rating: 'qualified', reason })
      assert.include(refused.text(), '请填写调整理由')
    }
    assert.equal((await cardById(id)).rating, 'excellent')
    assert.include((await client.get(list).loginAs(user)).text(), 'name="reason"')
    await send({ rating: 'qualified', reason: '复核加分不实' })
    assert.deepEqual((await ratings())[0], ['qualified', '复核加分不实'])
  })

  test('the suggestion leaves the own card and its place to somebody else, and says so', async ({
    client,
    assert,
  }) => {
    const { unitId } = await givenTeam(5)
    const cycleId = await givenCycle(unitId)
    const [own, second, ...rest] = await cardsOf(cycleId)
    await givenScores([own, second, ...rest])
    await givenState(cycleId, 'calibration')
    const user = await givenUser({ role: 'hr_head', personId: own.personId })
    const suggest = (as: User) =>
      client.post(`/performance/cycles/${cycleId}/suggestions`).loginAs(as).withCsrfToken()
    const left = '本人的档次不由本人建议'
    assert.include((await suggest(user)).text(), `4 人的档次。 ${left}`)
    assert.isNull((await cardById(own.id)).rating)
    assert.equal((await cardById(second.id)).rating, 'qualified')
    const others = (await suggest(await givenUser({ role: 'hr_head' }))).text()
    assert.include(others, '已按得分建议 1 人')
    assert.notInclude(others, left)
    assert.equal((await cardById(own.id)).rating, 'excellent')
  })
})

/** Scores from 95 downwards. */
async function givenScores(cards: Array<{ id: number }>) {
  for (const [index, { id }] of cards.entries()) {
    await db
      .from('scorecards')
      .where({ id })
      .update({ score: String(95 - index) })
  }
}
