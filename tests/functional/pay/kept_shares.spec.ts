import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { checkRun } from '#pay/actions/move_run'
import { setAside } from '#pay/actions/slips'
import { checkAllotments, checkRuns } from '#pay/queries/pay_checks'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { verifyRun } from '#pay/queries/verify_run'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { givenIncentive } from './given_cycle.js'
import { at, compute, release, TODAY } from './givens.js'

test.group('Set aside of an incentive run', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  /** A quarter of three people, one of them without 工作量分. */
  async function givenOneMissing() {
    const given = await givenIncentive(3)
    const [personId] = given.personIds
    const setQuantity = (quantity: string | null) =>
      db.from('scorecards').where('person_id', personId).update({ quantity })
    await setQuantity(null)
    await compute(given.office, given.runId)
    const [missing] = await slipList({ runId: given.runId, state: 'missing' })
    return { ...given, missing, personId, setQuantity }
  }

  test('an amount is kept back, not shared out among the others, and given by the next run', async ({
    client,
    assert,
  }) => {
    const { office, unitId, runId, missing, personId, setQuantity, allotment, open } =
      await givenOneMissing()
    const aside = { slipId: missing.id, version: 1, reason: '工作量未报送' }
    await assert.rejects(() => setAside(aside, office.officer), 'pay.errors.kept_missing')
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const answer = await client
      .post(`/pay/slips/${missing.id}/aside`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({ version: 1, reason: '工作量未报送', keptFen: '15,000.00' })
    answer.assertStatus(302)
    // the others have shares of what was kept back: they are computed again
    await assert.rejects(
      async () => checkRun(await at(runId), office.officer),
      'pay.errors.compute_open'
    )
    await compute(office, runId)
    const [slip] = await slipList({ runId, state: 'set_aside' })
    assert.deepEqual([slip.personId, slip.reason], [personId, '工作量未报送'])
    const run = await runById(runId)
    assert.deepEqual(
      [run.drawnFen, run.leadersFen, run.reserveFen, run.keptFen],
      [45_000_00, 0, 0, 15_000_00]
    )
    const page = await client.get(`/pay/runs/${runId}?tab=reconciliation`).loginAs(officer)
    for (const text of ['暂不发放人员留存', '15,000.00', '60,000.00', '分毫不差']) {
      assert.include(page.text(), text)
    }
    await release(office, runId)
    assert.equal((await allotment()).usedFen, 45_000_00)

    await setQuantity('90')
    const next = await open()
    await compute(office, next)
    const slips = await slipList({ runId: next })
    assert.deepEqual(
      slips.map((one) => [one.personId, one.drawnFen]),
      [[personId, 15_000_00]]
    )
    await release(office, next)
    assert.equal((await allotment()).usedFen, 60_000_00)
    for (const id of [runId, next]) assert.deepEqual((await verifyRun(id)).differences, [])
    assert.deepEqual([...(await checkAllotments()), ...(await checkRuns())], [])
  })

  test('nothing kept back is written too: the run goes on, and stays so when it is computed again', async ({
    assert,
  }) => {
    const { office, runId, missing, setQuantity, open } = await givenOneMissing()
    const aside = { slipId: missing.id, version: 1, reason: '本季度未在岗', keptFen: 0 }
    await setAside(aside, office.officer)
    await compute(office, runId)
    assert.lengthOf(await slipList({ runId, state: 'set_aside' }), 1)
    await release(office, runId)
    assert.equal((await runById(runId)).drawnFen, 60_000_00)
    await setQuantity('90')
    const next = await open()
    await compute(office, next)
    assert.equal((await runById(next)).drawnFen, 0)
  })

  test('who is complete when it is computed again has a share, and nothing is kept back', async ({
    assert,
  }) => {
    const { office, runId, missing, setQuantity } = await givenOneMissing()
    const aside = { slipId: missing.id, version: 1, reason: '工作量未报送', keptFen: 70_000_00 }
    await setAside(aside, office.officer)
    await assert.rejects(() => compute(office, runId), 'pay.errors.leaders_above_pool')
    await setQuantity('90')
    await compute(office, runId)
    const run = await runById(runId)
    assert.deepEqual([run.people, run.drawnFen, run.keptFen], [3, 60_000_00, 0])
    assert.lengthOf(await slipList({ runId, state: 'computed' }), 3)
  })
})
