import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { openSteps } from '#pay/queries/step_raises'
import { payInbox } from '#pay/queries/pay_inbox'
import { raiseSteps, settleStep } from '#pay/actions/raise_steps'
import { putWageBase, saveWageBase } from '#pay/actions/wage_base'
import { wageBaseHistory } from '#pay/queries/wage_bases'
import { correctResult } from '#performance/actions/rate_card'
import { decideConsequences } from '#performance/actions/decide_consequences'
import { proposeConsequences } from '#performance/actions/propose_consequences'
import { cardById } from '#performance/queries/cards'
import { cycleById } from '#performance/queries/cycles'
import { performanceInbox } from '#performance/queries/performance_inbox'
import { proposalsOf } from '#performance/queries/proposals'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument } from '#tests/support/givens'
import { together } from '#tests/support/together'
import {
  cardsOf,
  givenCycle,
  givenLibrary,
  givenOffice,
  givenScheme,
  givenTeam,
} from '../performance/givens.js'
import { givenStandards } from './givens.js'

test.group('Steps from a year’s ratings', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2023-02-01')
    return () => clock.release()
  })

  /** Four people of a closed year: three qualified with bases of step 10, one not. */
  async function givenRatedYear() {
    const team = await givenTeam(4)
    await givenStandards()
    await givenScheme(await givenLibrary(), team.unitId, { cycleKind: 'year' })
    const { head } = await givenOffice()
    clock.freeze('2022-12-20')
    const cycleId = await givenCycle(team.unitId, { kind: 'year' })
    clock.freeze('2023-02-01')
    const cards = await cardsOf(cycleId)
    for (const [index, { id }] of cards.entries()) {
      const rating = index === 3 ? 'unqualified' : 'qualified'
      await db.from('scorecards').where('id', id).update({ rating, score: '80' })
      await db.table('scorecard_changes').insert({
        scorecard_id: id,
        result_version: 1,
        stage: 'decision',
        rating_after: rating,
        recorded_at: clock.now(),
      })
    }
    await db.from('review_cycles').where('id', cycleId).update({ state: 'closed' })
    const cycle = await cycleById(cycleId)
    await inTransaction((trx) => proposeConsequences(trx, cycle))
    for (const { personId } of cards) await givenBase(personId, '2022-01-01', 10)
    const documentId = await givenDocument()
    const decide = (cardIds: number[], accepted: boolean, reason: string | null = null) =>
      givenActor({ role: 'personnel_approver' }).then((approver) =>
        decideConsequences({ cycleId, cardIds, accepted, documentId, reason }, approver)
      )
    const officer = await givenActor({ role: 'pay_officer' })
    return { ...team, cycleId, cards, decide, head, officer, documentId }
  }

  const givenBase = (personId: number, from: string, step: number) =>
    inTransaction((trx) => putWageBase(trx, personId, from, { step, account_masked: '6222****1' }))

  test('accepted by the personnel office, raised once from January, a copy of the base', async ({
    assert,
  }) => {
    const { cycleId, cards, decide, officer } = await givenRatedYear()
    const approver = await givenActor({ role: 'personnel_approver' })
    const inbox = async (actor: typeof officer) =>
      (await performanceInbox(actor, (key, params) => `${key} ${params?.people}`)).map(
        ({ title }) => title
      )
    assert.deepEqual(await inbox(approver), ['performance.inbox.consequences 4'])
    await decide(
      cards.map(({ id }) => id),
      true
    )
    assert.deepEqual(await inbox(approver), [])
    await assert.rejects(
      () => decide([cards[0].id], true),
      'performance.errors.consequence_decided'
    )
    const rows = await proposalsOf(cycleId)
    assert.isTrue(rows.every(({ decision }) => decision?.accepted))

    assert.lengthOf(await openSteps({ units: 'all' }), 3)
    const items = await payInbox(officer, (key, params) => `${key} ${params?.people}`)
    assert.include(
      items.map(({ title }) => title),
      'pay.inbox.steps 3'
    )
    const both = await Promise.allSettled([raiseSteps('all', officer), raiseSteps('all', officer)])
    const raised = both.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0)
    assert.equal(raised, 3)
    const [newest, before] = await wageBaseHistory(cards[0].personId)
    assert.deepEqual([newest.validFrom, newest.step], ['2023-01-01', 11])
    assert.deepEqual(
      [before.validFrom, before.step, newest.accountMasked],
      ['2022-01-01', 10, before.accountMasked]
    )
    const [untouched] = await wageBaseHistory(cards[3].personId)
    assert.equal(untouched.step, 10)
    assert.lengthOf(await openSteps({ units: 'all' }), 0)
  })

  test('who stands on the last step of the table waits for its next one, and keeps the pay', async ({
    assert,
  }) => {
    const { cards, decide, officer } = await givenRatedYear()
    await givenBase(cards[0].personId, '2022-06-01', 30)
    await decide([cards[0].id, cards[1].id], true)
    assert.equal(await raiseSteps('all', officer), 1)
    const [waiting] = await openSteps({ units: 'all' })
    assert.deepInclude(waiting, { personId: cards[0].personId, step: 30, hasStandard: false })
    await db.table('pay_standards').insert({
      kind: 'step',
      level: '31',
      monthly_fen: 735_00,
      valid_from: '2006-07-01',
      recorded_at: clock.now(),
    })
    assert.equal(await raiseSteps('all', officer), 1)
    const [newest] = await wageBaseHistory(cards[0].personId)
    assert.equal(newest.step, 31)
  })

  test('refused with a reason only; nothing is raised', async ({ assert }) => {
    const { cards, decide, officer } = await givenRatedYear()
    await assert.rejects(() => decide([cards[0].id], false), 'performance.errors.refusal_reason')
    await decide([cards[0].id], false, '当年已晋升')
    assert.equal(await raiseSteps('all', officer), 0)
    assert.lengthOf(await wageBaseHistory(cards[0].personId), 1)
  })

  test('a later base is left alone and can be said to contain the step', async ({ assert }) => {
    const { cards, decide, officer } = await givenRatedYear()
    const [{ id, personId }] = cards
    await givenBase(personId, '2023-01-15', 11)
    await decide([id], true)
    assert.equal(await raiseSteps('all', officer), 0)
    const [open] = await openSteps({ units: 'all' })
    assert.deepInclude(open.laterBase!, { validFrom: '2023-01-15', step: 11 })
    await settleStep(open.decisionId, officer)
    assert.lengthOf(await openSteps({ units: 'all' }), 0)
    assert.lengthOf(await wageBaseHistory(personId), 2)
    await assert.rejects(() => settleStep(open.decisionId, officer))
  })

  test('a base entered while steps are raised does not swallow the step', async ({ assert }) => {
    const { cards, decide, officer } = await givenRatedYear()
    const rest = {
      validFrom: '2023-01-15',
      step: 10,
      pensionBaseFen: 1,
      housingBaseFen: 1,
      allowanceFen: 0,
      additionalFen: 0,
      leader: false,
      deductionWay: 'monthly',
      bonusApart: false,
      account: null,
      reason: '调整',
    }
    for (const { id, personId } of cards.slice(0, 3)) {
      await decide([id], true)
      const [{ id: basedOn }] = await wageBaseHistory(personId)
      let raised = 0
      const refusals = await together([
        async () => (raised = await raiseSteps('all', officer)),
        () => saveWageBase({ ...rest, personId, basedOn }, officer),
      ])
      assert.deepEqual(refusals, raised ? ['shared.errors.stale'] : [])
      const open = (await openSteps({ units: 'all' })).filter((step) => step.personId === personId)
      assert.lengthOf(open, raised ? 0 : 1)
    }
  })

  test('a corrected result is decided anew, its old acceptance raises nothing', async ({
    assert,
  }) => {
    const { cards, decide, head, documentId, officer, cycleId } = await givenRatedYear()
    const { id } = cards[0]
    await decide([id], true)
    const { version } = await cardById(id)
    await correctResult(
      {
        cardId: id,
        version,
        score: null,
        rating: 'basically_qualified',
        reason: '复核',
        documentId,
      },
      head
    )
    assert.equal(await raiseSteps('all', officer), 0)
    const [mended] = (await proposalsOf(cycleId)).filter(({ cardId }) => cardId === id)
    assert.isNull(mended.decision)
    await decide([id], true)
    assert.equal(await raiseSteps('all', officer), 0)
  })
})
