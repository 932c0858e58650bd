import { test } from '@japa/runner'
import { setLeaderAmount } from '#pay/actions/slips'
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
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, rowsOf } from '#tests/support/givens'
import { givenIncentive } from './given_cycle.js'
import { at, compute, givenPayroll, givenRun, TODAY } from './givens.js'

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
})
