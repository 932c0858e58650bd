import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { equalPayOf, payMonths } from '#pay/queries/equal_pay'
import { slipList } from '#pay/queries/slips'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser } from '#tests/support/givens'
import { givenShares } from './given_cycle.js'
import {
  givenPaidAsContract,
  givenPayroll,
  givenReleased,
  givenRun,
  release,
  TODAY,
} from './givens.js'

test.group('Equal pay', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('like is compared with like: what one class alone was paid in the month stays out', async ({
    assert,
  }) => {
    const { office, unitId } = await givenPayroll(12)
    const runId = await givenReleased(office, unitId)
    assert.deepEqual(await payMonths('all'), [])
    assert.deepEqual((await equalPayOf('all', '2022-06')).groups, [])

    const ids = (await slipList({ runId })).map(({ id }) => id)
    const contract = await givenPaidAsContract(office, unitId, ids.slice(0, 6))
    const payOf = (run: number, fen: number) =>
      db
        .from('pay_slips')
        .where('run_id', run)
        .update({ gross_fen: fen, net_fen: fen, deduction_fen: 0, tax_fen: 0 })
    await payOf(contract, 400_000)
    await payOf(runId, 500_000)
    // the establishment staff's extra pay of the same month, which nobody else has had yet
    const extra = await givenRun(office, unitId, { monthTo: '2022-05', payMonth: '2022-06' })
    await db
      .from('pay_runs')
      .where('id', extra)
      .update({ state: 'released', compute_no: 1, computed_no: 1 })
    await db.from('pay_slips').whereIn('id', ids.slice(9)).update({ run_id: extra })

    assert.deepEqual(await payMonths('all'), ['2022-06'])
    const { runs, groups } = await equalPayOf('all', '2022-06')
    assert.lengthOf(runs, 2)
    assert.deepInclude(groups[0], { contract: 6, establishment: 3, raw: null })
    await db.from('pay_slips').whereIn('id', ids.slice(9)).update({ run_id: runId })
    const [whole] = (await equalPayOf('all', '2022-06')).groups
    assert.equal(Math.round(whole.raw!.gapPercent), -20)
    assert.equal(Math.round(whole.index!), 80)

    // a leader's amount is the supervising body's
    const [{ personId }] = await slipList({ runId })
    await db.table('pay_leader_amounts').insert({
      run_id: runId,
      person_id: personId,
      amount_fen: 500_000,
      document_id: await givenDocument(),
      recorded_at: clock.now(),
    })
    const [without] = (await equalPayOf('all', '2022-06')).groups
    assert.equal(without.establishment, 5)
  })

  test('who was paid a part of what is compared stays out', async ({ assert }) => {
    const { office, unitId } = await givenPayroll(12)
    const runId = await givenReleased(office, unitId)
    const ids = (await slipList({ runId })).map(({ id }) => id)
    const contract = await givenPaidAsContract(office, unitId, ids.slice(0, 6))
    /** Both classes have an extra of May as well: two of the contract staff, three of the others. */
    for (const [run, slips] of [
      [contract, ids.slice(0, 2)],
      [runId, ids.slice(6, 9)],
    ] as const) {
      const extra = await givenRun(office, unitId, { monthTo: '2022-05', payMonth: '2022-06' })
      const { employment_type: type } = await db.from('pay_runs').where('id', run).firstOrFail()
      const released = { state: 'released', compute_no: 1, computed_no: 1, employment_type: type }
      await db.from('pay_runs').where('id', extra).update(released)
      for (const { id: _, ...slip } of await db.from('pay_slips').whereIn('id', slips)) {
        await db.table('pay_slips').insert({ ...slip, run_id: extra, compute_no: 1 })
      }
    }
    const { runs, groups } = await equalPayOf('all', '2022-06')
    assert.lengthOf(runs, 4)
    assert.deepInclude(groups[0], { contract: 2, establishment: 3, raw: null })
  })

  test('allows for what the cards say, counts the front line by the card, names people to the head of HR of their unit alone', async ({
    client,
    assert,
  }) => {
    const { office, unitId, personIds, establishment, contract } = await givenShares()
    await db.from('scorecards').update({ front_line: false })
    const front = [...personIds.slice(0, 3), ...personIds.slice(6, 9)]
    await db.from('scorecards').whereIn('person_id', front).update({ front_line: true })
    for (const { id } of [establishment, contract]) await release(office, id)
    const drawn = new Map<number, number>()
    for (const { id } of [establishment, contract]) {
      for (const { personId, drawnFen } of await slipList({ runId: id })) {
        drawn.set(personId, drawnFen)
      }
    }
    const sum = (ids: number[]) => ids.reduce((all, id) => all + drawn.get(id)!, 0)
    const far = personIds[2]
    const { groups, frontLinePercent } = await equalPayOf('all', '2022-07')
    assert.closeTo(frontLinePercent!, (sum(front) / sum(personIds)) * 100, 1e-9)
    // everybody holds one post since one day: what is left to allow for is the score
    assert.deepInclude(groups[0].adjusted, { controls: ['score'], without: 0 })
    await db.from('scorecards').where('person_id', personIds[11]).update({ score: null })
    const [lacking] = (await equalPayOf('all', '2022-07')).groups
    // one of six is more than a tenth of a side
    assert.deepInclude(lacking.adjusted, { controls: [], without: 0 })
    await db.from('scorecards').where('person_id', personIds[11]).update({ score: '70' })

    const slips = db.from('pay_slips').where({ run_id: establishment.id, person_id: far })
    const { gross_fen: gross } = await slips.clone().firstOrFail()
    await slips.update({
      gross_fen: Number(gross) * 20,
      net_fen: Number(gross) * 20,
      deduction_fen: 0,
      tax_fen: 0,
    })
    const { name } = await db.from('persons').where('id', far).firstOrFail()
    const path = '/pay/equal-pay?month=2022-07'
    const seenBy = async (input: object) => {
      const page = await client.get(path).loginAs(await givenUser(input))
      page.assertStatus(200)
      assert.include(page.text(), '考核得分')
      return page.text().includes(`>${name}<`)
    }
    assert.isTrue(await seenBy({ role: 'hr_head' }))
    assert.isTrue(await seenBy({ role: 'hr_head', unitId }))
    assert.isFalse(await seenBy({ role: 'finance_head' }))
    assert.deepEqual((await equalPayOf('all', '2022-07', [unitId + 1])).groups[0].outliers, [])
    assert.lengthOf((await equalPayOf('all', '2022-07', [unitId])).groups[0].outliers, 1)
  })
})
