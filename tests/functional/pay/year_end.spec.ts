import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { checkRun, approveRun } from '#pay/actions/move_run'
import { releaseRun } from '#pay/actions/release_run'
import { saveWageBase } from '#pay/actions/wage_base'
import { setAside } from '#pay/actions/slips'
import { checkRuns } from '#pay/queries/pay_checks'
import { linesOf } from '#pay/queries/slip_lines'
import { slipList } from '#pay/queries/slips'
import { taxTableOf } from '#pay/queries/tax_table'
import { verifyRun } from '#pay/queries/verify_run'
import { wageBaseHistory } from '#pay/queries/wage_bases'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit } from '#tests/support/givens'
import {
  cardsOf,
  givenCycle,
  givenLibrary,
  givenScheme,
  givenState,
} from '../performance/givens.js'
import {
  at,
  compute,
  givenItems,
  givenPayOffice,
  givenRun,
  givenStaff,
  givenStandards,
  release,
} from './givens.js'

const YEAR = { monthFrom: '2022-01', monthTo: '2022-12', payMonth: '2023-01' }

test.group('A year-end run', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze('2023-01-20'))
  group.each.teardown(() => clock.release())

  /** Rated people with a wage of December of 680 and a step each; the last has no rating. */
  async function givenRatedYear(ratings: readonly string[], kind: 'year' | 'quarter' = 'year') {
    const office = await givenPayOffice()
    await givenStandards()
    const { unitId, personIds } = await givenStaff(ratings.length + 1)
    await givenItems(office)
    await givenScheme(await givenLibrary(), unitId, { cycleKind: kind })
    clock.freeze('2022-12-20')
    const cycleId = await givenCycle(unitId, { kind, date: '2022-10-01' })
    clock.freeze('2023-01-20')
    for (const { id, personId } of await cardsOf(cycleId)) {
      const rating = ratings[personIds.indexOf(personId)] ?? null
      await db.from('scorecards').where('id', id).update({ rating })
    }
    await givenState(cycleId, 'closed')
    const run = (input: object = {}) =>
      givenRun(office, unitId, {
        kind: 'year_end',
        title: '2022年年终一次性奖金',
        cycleId,
        ...YEAR,
        ...input,
      })
    return { office, unitId, personIds, cycleId, run }
  }

  const chooseWithin = async (personId: number, office: any) => {
    const [base] = await wageBaseHistory(personId)
    await saveWageBase(
      {
        ...base,
        basedOn: base.id,
        validFrom: '2022-02-01',
        account: null,
        bonusApart: false,
        reason: '本人选择并入综合所得',
      },
      office.officer
    )
  }

  test('a month’s wage by the rating of the year, taxed by itself or within as chosen; once a year', async ({
    assert,
  }) => {
    const ratings = ['excellent', 'qualified', 'basically_qualified'] as const
    const { office, unitId, personIds, run } = await givenRatedYear(ratings)
    await chooseWithin(personIds[1], office)
    const runId = await run()
    await compute(office, runId)
    const [unrated] = await slipList({ runId, state: 'missing' })
    assert.deepEqual([unrated.personId, unrated.missing], [personIds[3], ['考核等次系数']])
    await setAside({ slipId: unrated.id, version: 1, reason: '本年度未参加考核' }, office.officer)
    const slips = await slipList({ runId, state: 'computed' })
    // 680 and steps 1, 2, 3; by itself 3% of 771, within the year nothing is above 5,000
    assert.deepEqual(
      slips.map(({ grossFen, taxFen, netFen }) => [grossFen, taxFen, netFen]),
      [
        [771_00, 23_13, 747_87],
        [782_00, 0, 782_00],
        [0, 0, 0],
      ]
    )
    const lines = await linesOf([slips[0].id])
    assert.deepEqual(lines.at(-1)!.trace, { bonus: 771_00, percent: 3, quick: 0 })
    await release(office, runId)
    assert.deepEqual((await verifyRun(runId)).differences, [])
    assert.deepEqual(await checkRuns(), [])
    const [first, second] = await taxTableOf(unitId, '2023-01')
    assert.deepInclude(first, { income: 0, tax: 0, bonus: 771_00, bonusTax: 23_13, yearTax: 0 })
    assert.deepInclude(second, { income: 782_00, tax: 0, bonus: 0, bonusTax: 0 })

    // A second bonus in the tax year is income of its month.
    const again = await run({ monthFrom: '2022-07', payMonth: '2023-02' })
    await compute(office, again)
    const [late] = await slipList({ runId: again, state: 'computed' })
    assert.equal(late.taxFen, 0)
    assert.property((await linesOf([late.id])).at(-1)!.trace, 'taxable')
  })

  test('two runs computed beside each other: the second is refused, for the first was taxed by itself', async ({
    assert,
  }) => {
    const { office, run } = await givenRatedYear(['excellent'])
    const runs = [await run(), await run({ monthFrom: '2022-07', payMonth: '2023-02' })]
    for (const runId of runs) {
      await compute(office, runId)
      const [unrated] = await slipList({ runId, state: 'missing' })
      await setAside({ slipId: unrated.id, version: 1, reason: '未参加考核' }, office.officer)
    }
    await release(office, runs[0])
    await checkRun(await at(runs[1]), office.officer)
    await approveRun(await at(runs[1]), office.head)
    await assert.rejects(
      async () => releaseRun(await at(runs[1]), office.cashier),
      'pay.errors.stale_tax'
    )
  })

  test('a unit that was formed later pays last year’s to the people with whom it began', async ({
    assert,
  }) => {
    const { office, personIds, cycleId } = await givenRatedYear(['excellent', 'qualified'])
    const centre = await givenUnit({ name: '新融媒体中心' })
    await db
      .from('assignments')
      .where('person_id', personIds[0])
      .update({ unit_id: centre, valid_from: '2023-01-01', paid_from: '2023-02' })
    const runId = await givenRun(office, centre, {
      kind: 'year_end',
      title: '2022年年终一次性奖金',
      cycleId,
      ...YEAR,
      payMonth: '2023-03',
    })
    await compute(office, runId)
    const slips = await slipList({ runId })
    assert.deepEqual(
      slips.map(({ personId, grossFen }) => [personId, grossFen]),
      [[personIds[0], 771_00]]
    )
  })

  test('a quarter’s review, or none, gives no bonus; after 2027 it is income of its month', async ({
    assert,
  }) => {
    const { office, run } = await givenRatedYear(['qualified'], 'quarter')
    const quarter = await run()
    await assert.rejects(() => compute(office, quarter), 'pay.errors.no_year_cycle')
    const none = await run({ cycleId: null, monthFrom: '2022-07' })
    await assert.rejects(() => compute(office, none), 'pay.errors.no_cycle')
    await db.from('review_cycles').update({ kind: 'year' })
    const late = await run({ monthFrom: '2022-10', payMonth: '2028-01' })
    await compute(office, late)
    const [slip] = await slipList({ runId: late, state: 'computed' })
    assert.equal(slip.taxFen, 0)
    assert.equal(slip.grossFen, 771_00)
  })
})
