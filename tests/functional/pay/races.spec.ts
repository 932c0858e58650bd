import { test } from '@japa/runner'
import { releaseRun } from '#pay/actions/release_run'
import { approveScale } from '#pay/actions/tax_scales'
import { releaseAllotment } from '#pay/actions/totals'
import { checkAllotments } from '#pay/queries/pay_checks'
import { totalById } from '#pay/queries/totals'
import { bulkInsert, inTransaction } from '#shared/database'
import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, rowsOf } from '#tests/support/givens'
import {
  approve,
  at,
  compute,
  givenAllotment,
  givenPayOffice,
  givenPayroll,
  givenRun,
  givenTriedScale,
  TODAY,
} from './givens.js'

const ROUNDS = 1_000

test.group('Two approvals against the yearly cap', (group) => {
  group.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test(`one is released, the other is told, ${ROUNDS} rounds`, async ({ assert }) => {
    const office = await givenPayOffice()
    const unitId = await givenUnit()
    // each round has room for one of the two: 60 of the 100 that the round before left over
    const { totalId } = await givenAllotment(office, unitId, {
      part: 'basic',
      fen: 40,
      totalFen: 40 + 100,
    })
    const [model] = await rowsOf('pay_allotments')
    const rows = Array.from({ length: ROUNDS * 2 }, () => ({
      total_id: totalId,
      part: 'basic',
      month_from: '2022-01',
      month_to: '2022-12',
      amount_fen: 60,
      used_fen: 0,
      document_id: model.document_id,
      state: 'submitted',
      prepared_by: model.prepared_by,
      version: 1,
      created_at: clock.now(),
    }))
    await inTransaction((trx) => bulkInsert(trx, 'pay_allotments', rows))
    const ids = (await rowsOf('pay_allotments', { state: 'submitted' })).map(({ id }) => Number(id))
    for (let round = 0; round < ROUNDS; round++) {
      const pair = ids.slice(round * 2, round * 2 + 2)
      const answers = await Promise.allSettled(
        pair.map((id) => releaseAllotment({ id, version: 1 }, office.head))
      )
      const lost = answers.filter(({ status }) => status === 'rejected')
      assert.lengthOf(lost, 1, `round ${round}`)
      assert.instanceOf((lost[0] as PromiseRejectedResult).reason, DomainError)
      const total = await totalById(totalId)
      assert.isAtMost(total.basicAllottedFen, total.basicFen)
      await inTransaction((trx) =>
        trx
          .from('pay_totals')
          .where('id', totalId)
          .update({ basic_fen: trx.raw('basic_fen + 60') })
      )
    }
    assert.deepEqual(await checkAllotments(), [])
  }).timeout(200_000)
})

const RELEASES = 50

test.group('What is decided about the tax of a month', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  /** Runs that are approved, all paid in June. */
  async function givenApproved(months: readonly string[]) {
    const { office, unitId } = await givenPayroll(2)
    const runs: Awaited<ReturnType<typeof at>>[] = []
    for (const month of months) {
      const input = { monthFrom: month, monthTo: month, payMonth: '2022-06' }
      const runId = await givenRun(office, unitId, input)
      await compute(office, runId)
      await approve(office, runId)
      runs.push(await at(runId))
    }
    return { office, runs }
  }

  /** All at once, again and again from the same state; of each round, the one refusal's key. */
  async function refusals(
    acts: readonly (() => Promise<unknown>)[],
    tables: readonly string[]
  ): Promise<string[]> {
    const before = await Promise.all(tables.map((table) => rowsOf(table)))
    const keys: string[] = []
    for (let round = 0; round < RELEASES; round++) {
      const answers = await Promise.allSettled(acts.map((act) => act()))
      for (const answer of answers) {
        if (answer.status === 'rejected') keys.push(answer.reason.key ?? answer.reason)
      }
      if (keys.length !== round + 1) return [...keys, `round ${round}`]
      await inTransaction(async (trx) => {
        for (const [index, table] of tables.entries()) {
          for (const { live, ...row } of before[index]) {
            await trx.from(table).where('id', row.id).update(row)
          }
        }
      })
    }
    return keys
  }

  test(`a tax table and a run of its month at once: one is told, ${RELEASES} rounds`, async ({
    assert,
  }) => {
    const { office, runs } = await givenApproved(['2022-06'])
    const id = await givenTriedScale(office, '2022-06-01')
    const keys = await refusals(
      [
        () => releaseRun(runs[0], office.cashier),
        () => approveScale({ id, version: 2 }, office.head),
      ],
      ['pay_runs', 'pay_tax_scales']
    )
    assert.lengthOf(keys, RELEASES)
    for (const key of keys) {
      assert.include(['pay.errors.stale_rules', 'pay.errors.scale_late'], key)
    }
  }).timeout(120_000)

  test(`two runs of one payment month at once: one is computed again, ${RELEASES} rounds`, async ({
    assert,
  }) => {
    const { office, runs } = await givenApproved(['2022-05', '2022-06'])
    const keys = await refusals(
      runs.map((run) => () => releaseRun(run, office.cashier)),
      ['pay_runs']
    )
    assert.deepEqual(keys, Array(RELEASES).fill('pay.errors.stale_tax'))
  }).timeout(120_000)
})
