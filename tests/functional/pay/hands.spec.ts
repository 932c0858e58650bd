import { test } from '@japa/runner'
import { approveDifference, prepareDifference, returnDifference } from '#pay/actions/differences'
import { answerSlip, objectToSlip, setAside, setLeaderAmount } from '#pay/actions/slips'
import { computeRun, requestCompute } from '#pay/actions/compute_run'
import { configureRun } from '#pay/actions/create_run'
import { approveRun, checkRun, returnRun } from '#pay/actions/move_run'
import { releaseRun } from '#pay/actions/release_run'
import { DEFAULT_DISTRIBUTION } from '#pay/domain/distribution'
import { saveWageBase } from '#pay/actions/wage_base'
import { payInbox } from '#pay/queries/pay_inbox'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { wageBaseHistory } from '#pay/queries/wage_bases'
import { clock } from '#shared/clock'
import type { Actor } from '#shared/actor'
import { ForbiddenError } from '#shared/errors'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenDocument,
  givenPerson,
  rowsOf,
} from '#tests/support/givens'
import { givenIncentive } from './given_cycle.js'
import { at, compute, givenPayroll, givenRun, release, TODAY } from './givens.js'

test.group('Who had a hand in a run', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  const samePerson = 'pay.errors.same_person'

  test('neither approves nor releases it, whatever the hand did', async ({ assert }) => {
    const { office, personIds, runId } = await givenIncentive(2)
    const documentId = await givenDocument()
    const { officer, head, cashier } = office
    const acts: Record<string, (actor: Actor) => Promise<unknown>> = {
      configure: async (actor) => {
        const { version } = await at(runId)
        const distribution = DEFAULT_DISTRIBUTION
        return configureRun({ runId, version, distribution, poolFen: null }, actor)
      },
      leader: (actor) =>
        setLeaderAmount({ runId, personId: personIds[0], amountFen: 100, documentId }, actor),
      compute: async (actor) => requestCompute(await at(runId), actor),
    }
    for (const [name, act] of Object.entries(acts)) {
      const second = await givenActor({ role: 'finance_head' })
      await act(second)
      await compute(office, runId)
      await checkRun(await at(runId), officer)
      await assert.rejects(async () => approveRun(await at(runId), second), samePerson)
      await approveRun(await at(runId), head)
      await assert.rejects(async () => releaseRun(await at(runId), second), samePerson)
      await returnRun({ ...(await at(runId)), comment: name }, cashier)
    }
    await compute(office, runId)
    const checker = await givenActor({ role: 'pay_officer' })
    await checkRun(await at(runId), checker)
    await assert.rejects(async () => approveRun(await at(runId), checker), samePerson)
    await approveRun(await at(runId), head)
    await assert.rejects(async () => releaseRun(await at(runId), checker), samePerson)
    await releaseRun(await at(runId), cashier)
    assert.equal((await runById(runId)).state, 'released')
  })

  test('nothing waits for them', async ({ assert }) => {
    const { office, unitId } = await givenPayroll(1)
    const runId = await givenRun(office, unitId)
    await requestCompute(await at(runId), office.head)
    await computeRun({ runId, computeNo: 1 })
    await checkRun(await at(runId), office.officer)
    const other = await givenActor({ role: 'finance_head' })
    const waiting = async (actor: Actor) =>
      (await payInbox(actor, (key) => key)).map(({ title }) => title)
    assert.notInclude(await waiting(office.head), 'pay.inbox.approve')
    assert.include(await waiting(other), 'pay.inbox.approve')
  })

  test('settings and amounts that change while it is computed are not written over', async ({
    assert,
  }) => {
    const { office, personIds, runId } = await givenIncentive(2)
    await requestCompute(await at(runId), office.officer)
    const distribution = { ...DEFAULT_DISTRIBUTION, frontLineTilt: '1.5' }
    const meanwhile = async () => {
      const { version } = await at(runId)
      await configureRun({ runId, version, distribution, poolFen: 1_000_00 }, office.officer)
    }
    await assert.rejects(() => computeRun({ runId, computeNo: 1 }, meanwhile), 'shared.errors.move')
    const { settings, state } = await runById(runId)
    assert.deepEqual([settings.distribution, settings.poolFen], [distribution, 1_000_00])
    assert.equal(state, 'draft')

    // an amount entered after computing: the slips have another one, so they are made anew
    await compute(office, runId)
    const [slip] = await slipList({ runId })
    assert.equal(slip.drawnFen > 0, true)
    await setLeaderAmount(
      { runId, personId: personIds[0], amountFen: 100, documentId: await givenDocument() },
      office.officer
    )
    await assert.rejects(
      async () => checkRun(await at(runId), office.officer),
      'pay.errors.compute_open'
    )
    await compute(office, runId)
    await checkRun(await at(runId), office.officer)
  })

  test('nobody enters the own wage base', async ({ assert }) => {
    const { unitId, personIds } = await givenPayroll(1)
    const [personId] = personIds
    const self = await givenActor({ role: 'pay_officer', personId, unitId })
    const [base] = await wageBaseHistory(personId)
    const values = { ...base, basedOn: base.id, validFrom: '2022-07-01', account: null }
    await assert.rejects(
      () => saveWageBase({ ...values, allowanceFen: 9_000_00, reason: '调整' }, self),
      'pay.errors.own_base'
    )
    assert.lengthOf(await rowsOf('wage_bases'), 1)
  })

  test('nobody enters or decides an amount of the own pay', async ({ assert }) => {
    const { office, unitId, personIds, runId } = await givenIncentive(2)
    const own = 'pay.errors.own_pay'
    const officer = await givenActor({ role: 'pay_officer', personId: personIds[0], unitId })
    const head = await givenActor({ role: 'finance_head', personId: personIds[1], unitId })
    const documentId = await givenDocument()
    const leader = { runId, personId: personIds[0], amountFen: 9_000_00, documentId }
    await assert.rejects(() => setLeaderAmount(leader, officer), own)
    await compute(office, runId)
    await release(office, runId)
    const slips = await slipList({ runId })
    const [mine, hers] = personIds.map((id) => slips.find(({ personId }) => personId === id)!)
    const difference = ({ personId, employmentType, id: slipId }: typeof mine) => ({
      personId,
      unitId,
      employmentType,
      slipId,
      itemName: '奖励性绩效',
      documentId: null,
      fact: '加减分 0 → 3',
      amountFen: 88_50,
      instalmentFen: null,
    })
    await assert.rejects(() => prepareDifference(difference(mine), officer), own)
    const id = await prepareDifference(difference(hers), officer)
    const waiting = async (actor: Actor, kind: string) =>
      (await payInbox(actor, (key) => key)).filter((item) => item.kind === kind)
    assert.deepEqual(await waiting(head, 'pay.difference'), [])
    assert.lengthOf(await waiting(office.head, 'pay.difference'), 1)
    for (const act of [approveDifference, returnDifference]) {
      await assert.rejects(() => act({ id, version: 1 }, head), own)
    }

    await objectToSlip({ slipId: mine.id, version: mine.version, text: '少算' }, officer)
    assert.deepEqual(await waiting(officer, 'pay.objection'), [])
    assert.lengthOf(await waiting(office.officer, 'pay.objection'), 1)
    const answer = { slipId: mine.id, version: mine.version + 1, text: '情况属实' }
    await assert.rejects(() => answerSlip(answer, officer), ForbiddenError)
    await answerSlip(answer, office.officer)
  })

  test('nobody sets the own share aside', async ({ assert }) => {
    const { office, unitId } = await givenPayroll(1)
    const personId = await givenPerson({ name: '新到岗' })
    await givenAssignment(personId, unitId, { employment_type: 'establishment' })
    const runId = await givenRun(office, unitId)
    await compute(office, runId)
    const [slip] = await slipList({ runId, state: 'missing' })
    const aside = { slipId: slip.id, version: slip.version, reason: '工资关系未转来' }
    const officer = await givenActor({ role: 'pay_officer', personId, unitId })
    await assert.rejects(() => setAside(aside, officer), 'pay.errors.own_pay')
    await setAside(aside, office.officer)
  })
})
