import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { computeRun, requestCompute } from '#pay/actions/compute_run'
import { cancelRun, checkRun } from '#pay/actions/move_run'
import { checkRuns } from '#pay/queries/pay_checks'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { verifyRun } from '#pay/queries/verify_run'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { at, compute, givenPayroll, givenRun, release, TODAY } from './givens.js'

test.group('Computing a run', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('computing again replaces a draft and gives the same; a changed byte is found', async ({
    assert,
  }) => {
    const { office: people, unitId } = await givenPayroll(3)
    const runId = await givenRun(people, unitId)
    await compute(people, runId)
    const before = (await slipList({ runId })).map(({ netFen }) => netFen)
    await compute(people, runId)
    assert.deepEqual(
      (await slipList({ runId })).map(({ netFen }) => netFen),
      before
    )
    assert.lengthOf(await rowsOf('pay_slips'), 3)
    assert.lengthOf(await rowsOf('pay_lines'), 45)
    const [line] = await rowsOf('pay_lines', { name: '岗位工资' })
    await db
      .from('pay_lines')
      .where('id', line.id)
      .update({ trace: line.trace.replace('680', '681') })
    const found = (await verifyRun(runId)).differences
    assert.deepEqual(
      found.map(({ where }) => where),
      ['hash', '岗位工资 trace']
    )
    await db
      .from('pay_lines')
      .where('id', line.id)
      .update({ trace: line.trace, amount_fen: 68_001 })
    const amounts = (await verifyRun(runId)).differences.map(({ where }) => where)
    assert.deepEqual(amounts, ['hash', '岗位工资'])
    assert.lengthOf(await checkRuns(), 1)
  })

  test('slips of an older computation are dropped on the next start, and found while they are there', async ({
    assert,
  }) => {
    const { office: people, unitId } = await givenPayroll(2)
    const runId = await givenRun(people, unitId)
    await compute(people, runId)
    await compute(people, runId)
    // as a process killed after its last write leaves them
    const [{ id: _id, ...left }] = await rowsOf('pay_slips')
    const row = { ...left, compute_no: 1, gross_fen: 0, deduction_fen: 0, tax_fen: 0, net_fen: 0 }
    await db.table('pay_slips').insert(row)
    assert.deepEqual(await checkRuns(), [])
    assert.deepEqual(await computeRun({ runId, computeNo: 2 }), { computed: false, people: 2 })
    assert.lengthOf(await rowsOf('pay_slips'), 2)
    await release(people, runId)
    assert.deepEqual(await checkRuns(), [])
    await db.table('pay_slips').insert(row)
    assert.deepEqual(
      (await checkRuns()).map(({ detail }) => detail),
      [`pay_runs ${runId}: 1 slips beside computation 2`]
    )
  })

  test('a run that is being computed again is not checked; a stop leaves no half of it behind', async ({
    assert,
  }) => {
    const { office: people, unitId } = await givenPayroll(2)
    const runId = await givenRun(people, unitId)
    await compute(people, runId)
    await requestCompute(await at(runId), people.officer)
    await assert.rejects(
      async () => checkRun(await at(runId), people.officer),
      'pay.errors.compute_open'
    )
    // somebody takes the run away while its slips are written
    const cancel = async () => cancelRun(await at(runId), people.officer)
    await assert.rejects(() => computeRun({ runId, computeNo: 2 }, cancel), 'shared.errors.move')
    assert.lengthOf(await rowsOf('pay_slips', { compute_no: 2 }), 0)
    assert.equal((await runById(runId)).state, 'cancelled')
  })
})
