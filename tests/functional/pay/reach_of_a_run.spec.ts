import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { approveRun, checkRun, returnRun } from '#pay/actions/move_run'
import { DEFAULT_DISTRIBUTION } from '#pay/domain/distribution'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { verifyRun } from '#pay/queries/verify_run'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenIncentive } from './given_cycle.js'
import { approve, at, compute, givenAllotment, givenPayroll, givenRun, TODAY } from './givens.js'

/** What a run may draw on, whose review it shares out by, and whom it may not pay once more. */
test.group('The reach of a run', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('the allotment is of its unit, part and months; settings do not move it to another', async ({
    client,
    assert,
  }) => {
    const { office, unitId, runId, allotmentId, open } = await givenIncentive(2)
    const other = await givenUnit({ name: '报社' })
    const elsewhere = await givenAllotment(office, other, { part: 'incentive', fen: 9_000_00 })
    await assert.rejects(
      () => open({ monthFrom: '2022-07', monthTo: '2022-09', payMonth: '2022-10' }),
      'pay.errors.other_allotment'
    )
    await assert.rejects(
      () => open({ monthFrom: '2022-05', allotmentId: elsewhere.allotmentId }),
      'pay.errors.other_allotment'
    )
    // a correction draws within the year, never on the rest of the year before
    const correction = { kind: 'correction' as const, monthFrom: '2022-07', monthTo: '2022-07' }
    await givenRun(office, unitId, { ...correction, payMonth: '2022-07', allotmentId })
    await assert.rejects(
      () =>
        givenRun(office, unitId, {
          ...correction,
          monthFrom: '2023-01',
          monthTo: '2023-01',
          payMonth: '2023-01',
          allotmentId,
        }),
      'pay.errors.other_allotment'
    )

    const officer = await givenUser({ role: 'pay_officer', unitId })
    const { scoreFormula, weightFormula } = DEFAULT_DISTRIBUTION
    const answer = await client
      .post(`/pay/runs/${runId}/settings`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({
        version: 1,
        score_formula: scoreFormula,
        weight_formula: weightFormula,
        front_line_tilt: '1.2',
        allotment_id: elsewhere.allotmentId,
      })
    answer.assertStatus(302)
    const run = await runById(runId)
    assert.equal(run.settings.distribution?.frontLineTilt, '1.2')
    assert.equal(run.allotmentId, allotmentId)
  })

  test('a slip that can not be read is reported, whatever the kind of run', async ({ assert }) => {
    const { office, runId } = await givenIncentive(3)
    await compute(office, runId)
    assert.deepEqual((await verifyRun(runId)).differences, [])
    const [slip] = await rowsOf('pay_slips')
    await db
      .from('pay_slips')
      .where('id', slip.id)
      .update({ inputs: slip.inputs.slice(1) })
    const { differences } = await verifyRun(runId)
    assert.deepEqual(
      differences.map(({ where, slipId }) => [where, slipId]),
      [
        ['hash', Number(slip.id)],
        ['inputs', Number(slip.id)],
      ]
    )
  })

  test('the review of another unit pays nobody, and shows nobody’s score', async ({ assert }) => {
    const { office, cycleId } = await givenIncentive(2)
    const other = await givenUnit({ name: '报社' })
    await givenAllotment(office, other, { part: 'incentive', fen: 9_000_00 })
    const input = { kind: 'incentive' as const, monthFrom: '2022-04', cycleId }
    await assert.rejects(() => givenRun(office, other, input), 'pay.errors.other_cycle')
    assert.lengthOf(await rowsOf('pay_runs', { unit_id: other }), 0)
  })

  test('an incentive part is paid once a month: two runs at once, then by name on the second', async ({
    assert,
  }) => {
    const { office, personIds, runId, open } = await givenIncentive(3)
    const june = await open({ monthFrom: '2022-06' })
    for (const id of [runId, june]) {
      await db
        .from('pay_runs')
        .where('id', id)
        .update({ settings: settingsOf(20_000_00) })
      await compute(office, id)
      await checkRun(await at(id), office.officer)
    }
    const moves = await Promise.all([runId, june].map(at))
    const answers = await Promise.allSettled(moves.map((move) => approveRun(move, office.head)))
    const refused = answers.filter((answer) => answer.status === 'rejected')
    assert.deepEqual(
      refused.map(({ reason }) => reason.key),
      ['pay.errors.month_taken']
    )
    const [won, lost] = answers[0].status === 'fulfilled' ? [runId, june] : [june, runId]
    const taken = await rowsOf('pay_months', { person_id: personIds[0], kind: 'incentive' })
    assert.sameMembers(
      taken.map(({ month }) => month),
      won === june ? ['2022-06'] : ['2022-04', '2022-05', '2022-06']
    )

    await returnRun({ ...(await at(lost)), comment: '6月已发放' }, office.head)
    await compute(office, lost)
    const { number } = await runById(won)
    assert.deepEqual(
      (await slipList({ runId: lost })).map(({ state, missing }) => [state, missing]),
      Array(3).fill(['missing', [`paid_elsewhere|${number}`]])
    )
    assert.equal((await runById(lost)).drawnFen, 0)
  })

  test('a person whom no unit would pay is an error on the run, by name of the unit', async ({
    assert,
  }) => {
    const { office, unitId, personIds } = await givenPayroll(2)
    await db
      .from('assignments')
      .where('person_id', personIds[0])
      .update({ valid_to: '2022-06-11', paid_through: '2022-05' })
    const runId = await givenRun(office, unitId)
    await compute(office, runId)
    const [slip] = await slipList({ runId, state: 'missing' })
    assert.deepEqual([slip.personId, slip.missing], [personIds[0], ['no_unit|融媒体中心']])
    await assert.rejects(() => approve(office, runId), 'pay.errors.missing_people')
  })
})

const settingsOf = (poolFen: number) =>
  JSON.stringify({ distribution: DEFAULT_DISTRIBUTION, poolFen })
