import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import { addStandardItems } from '#pay/actions/items'
import { approveRun, checkRun, returnRun } from '#pay/actions/move_run'
import { takeTaxTurn } from '#pay/actions/take_tax_turn'
import { proposeTotal } from '#pay/actions/totals'
import { saveWageBase, type WageBaseInput } from '#pay/actions/wage_base'
import { openRunsOfUnit } from '#pay/dissolution'
import { PAY_CLASSES } from '#pay/domain/runs'
import { STANDARD_ITEMS } from '#pay/domain/standard_items'
import { runById } from '#pay/queries/runs'
import { wageBaseHistory } from '#pay/queries/wage_bases'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenPerson, givenUnit, rowsOf } from '#tests/support/givens'
import { meanwhile } from '#tests/support/meanwhile'
import { together } from '#tests/support/together'
import {
  approve,
  at,
  compute,
  givenBase,
  givenPayOffice,
  givenPayroll,
  givenRun,
  TODAY,
  type Office,
} from './givens.js'

const ROUNDS = 10
const MAY = { monthFrom: '2022-05', monthTo: '2022-05', payMonth: '2022-05' }

async function drawn(office: Office, runId: number) {
  await compute(office, runId)
  return runById(runId)
}

test.group('Papers of pay, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('the first total of a unit and year proposed by two: one waits, the other is told', async ({
    assert,
  }) => {
    const { officer } = await givenPayOffice()
    const documentId = await givenDocument()
    for (let round = 0; round < ROUNDS; round++) {
      const total = {
        unitId: await givenUnit(),
        year: 2022,
        employmentType: 'establishment' as const,
        headcount: null,
        basicFen: 1,
        incentiveFen: 1,
        documentId,
        reason: null,
      }
      const propose = () => proposeTotal(total, officer)
      assert.deepEqual(await together([propose, propose]), ['pay.errors.version_waits'])
    }
    assert.lengthOf(await rowsOf('pay_totals'), ROUNDS)
  }).timeout(120_000)

  test('an approved run sent back by two: what it drew goes back once, the other is told', async ({
    assert,
  }) => {
    const { office, unitId, allotment } = await givenPayroll(2)
    const runId = await givenRun(office, unitId)
    for (let round = 0; round < ROUNDS; round++) {
      await compute(office, runId)
      await approve(office, runId)
      const move = await at(runId)
      const back = () => returnRun({ ...move, comment: '再核' }, office.cashier)
      assert.deepEqual(await together([back, back]), ['shared.errors.move'], `round ${round}`)
      assert.equal((await allotment()).usedFen, 0)
    }
  }).timeout(120_000)

  test('two runs approved at once where there is room for one: the other draws nothing', async ({
    assert,
  }) => {
    const { office, unitId, allotment, allotmentId } = await givenPayroll(2)
    const runs = [await givenRun(office, unitId), await givenRun(office, unitId, MAY)]
    const { drawnFen } = await drawn(office, runs[0])
    await inTransaction((trx) =>
      trx
        .from('pay_allotments')
        .where('id', allotmentId)
        .update({ amount_fen: drawnFen + 1 })
    )
    for (let round = 0; round < ROUNDS; round++) {
      for (const runId of runs) await compute(office, runId)
      for (const runId of runs) await checkRun(await at(runId), office.officer)
      const moves = await Promise.all(runs.map(at))
      const refusals = await together(moves.map((move) => () => approveRun(move, office.head)))
      assert.deepEqual(refusals, ['pay.errors.allotment_exceeded'], `round ${round}`)
      assert.equal((await allotment()).usedFen, drawnFen)
      for (const runId of runs) await returnRun(await at(runId), office.cashier)
      assert.equal((await allotment()).usedFen, 0)
    }
  }).timeout(120_000)

  test('many who look at the tax of a month at once all have their turn', async ({ assert }) => {
    const act = () =>
      inTransaction(async (trx) => {
        await takeTaxTurn(trx)
        await setTimeout(200)
      })
    const { turn: before } = (await rowsOf('pay_tax_turns'))[0]
    assert.deepEqual(await together(Array.from({ length: 9 }, () => act)), [])
    const { turn } = (await rowsOf('pay_tax_turns'))[0]
    assert.equal(Number(turn) - Number(before), 9)
  }).timeout(120_000)

  test('the usual items added by two: each is there once', async ({ assert }) => {
    const { officer } = await givenPayOffice()
    const documentId = await givenDocument()
    for (const employmentType of PAY_CLASSES) {
      const add = () =>
        addStandardItems({ employmentType, documentId, validFrom: '2022-01-01' }, officer)
      assert.deepEqual(await together([add, add]), [])
      const items = await rowsOf('pay_items', { employment_type: employmentType })
      assert.lengthOf(items, STANDARD_ITEMS[employmentType].length)
    }
  }).timeout(120_000)

  test('two bases of one person entered at once: the second looks at the first', async ({
    assert,
  }) => {
    const { officer } = await givenPayOffice()
    for (let round = 0; round < ROUNDS; round++) {
      const personId = await givenPerson()
      const basedOn = await givenBase(personId)
      const enter = (input: Partial<WageBaseInput>) =>
        saveWageBase(
          {
            personId,
            basedOn,
            validFrom: '2022-06-01',
            step: 13,
            pensionBaseFen: 1,
            housingBaseFen: 1,
            allowanceFen: 0,
            additionalFen: 0,
            leader: false,
            deductionWay: 'monthly',
            bonusApart: false,
            account: null,
            reason: '调整',
            ...input,
          },
          officer
        )
      const refusals = await together([
        () => enter({ account: '6200000606482113999' }),
        () => enter({ validFrom: '2022-07-01' }),
      ])
      assert.deepEqual(refusals, ['shared.errors.stale'], `round ${round}`)
      assert.lengthOf(await wageBaseHistory(personId), 2)
    }
  }).timeout(120_000)

  test('a run checked while its unit ends is not called off by what it was', async ({ assert }) => {
    const { office, unitId } = await givenPayroll(1)
    const runId = await givenRun(office, unitId)
    await compute(office, runId)
    const move = await at(runId)
    const { here, there } = await meanwhile(
      (trx) => openRunsOfUnit.list(unitId, trx),
      () => checkRun(move, office.officer),
      (trx) => openRunsOfUnit.settle(runId, null, clock.today(), trx)
    )
    const { state } = await runById(runId)
    if (here.length === 0) assert.deepEqual([state, there.length], ['cancelled', 1])
    else assert.deepEqual([here, state, there], [['pay.errors.run_not_ended'], 'checked', []])
  })
})
