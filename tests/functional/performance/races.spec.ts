import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { bookPoints, reversePoints } from '#performance/actions/book_points'
import { lockCycle } from '#performance/actions/lock_cycle'
import { countPlaces } from '#performance/imports/written_results'
import { cycleById, quotasOf } from '#performance/queries/cycles'
import { checkPlaces, checkPoints } from '#performance/queries/performance_checks'
import { workPointTotal } from '#performance/queries/work_points'
import { clock } from '#shared/clock'
import { inTransaction, isCheckViolation, isSqlite } from '#shared/database'
import { DomainError } from '#shared/errors'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { cardsOf, givenCycle, givenState, givenTeam, rate, system, TODAY } from './givens.js'

const ROUNDS = 1_000

test.group('Performance: races', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test(`the last place for 优秀 under two decisions at once: one wins, ${ROUNDS} rounds`, async ({
    assert,
  }) => {
    const { unitId } = await givenTeam(10)
    const cycleId = await givenCycle(unitId, { kind: 'year' })
    await givenState(cycleId, 'calibration')
    const [first, second, third] = await cardsOf(cycleId)
    assert.deepInclude((await quotasOf(cycleId))[0], { base: 10, cap: 2, used: 0 })
    await rate(first.id, 'excellent')
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await Promise.allSettled([
        rate(second.id, 'excellent'),
        rate(third.id, 'excellent'),
      ])
      const lost = answers.filter(({ status }) => status === 'rejected')
      assert.lengthOf(lost, 1, `round ${round}`)
      const { reason } = lost[0] as PromiseRejectedResult
      assert.instanceOf(reason, DomainError)
      assert.equal(reason.key, 'performance.errors.no_excellent_place')
      const winner = answers[0].status === 'fulfilled' ? second : third
      await rate(winner.id, 'qualified')
    }
    assert.deepInclude((await quotasOf(cycleId))[0], { used: 1 })
    assert.deepEqual(await checkPlaces(), [])
  }).timeout(240_000)

  test('who read before the turn was his reads again: places are counted as they are', async ({
    assert,
  }) => {
    const { unitId } = await givenTeam(10)
    const cycleId = await givenCycle(unitId, { kind: 'year' })
    await givenState(cycleId, 'calibration')
    const [first] = await cardsOf(cycleId)
    let other: Promise<void> | null = null
    await inTransaction(async (trx) => {
      await quotasOf(cycleId, trx)
      other ??= rate(first.id, 'excellent')
      // the embedded database has one connection: there the other one waits for this one to end
      if (!isSqlite()) await other
      await lockCycle(trx, cycleId, ['calibration'])
      await countPlaces(trx, await cycleById(cycleId, trx))
    })
    await other
    assert.deepInclude((await quotasOf(cycleId))[0], { used: 1 })
    assert.deepEqual(await checkPlaces(), [])
  })

  test('the database itself refuses a place above the cap of a year', async ({ assert }) => {
    const { unitId } = await givenTeam(5)
    const cycleId = await givenCycle(unitId, { kind: 'year' })
    for (const used of [2, -1]) {
      const error = await db
        .from('excellent_quotas')
        .where({ cycle_id: cycleId, employment_type: 'establishment' })
        .update({ used })
        .catch((thrown) => thrown)
      assert.isTrue(isCheckViolation(error), String(used))
    }
  })

  test('the same piece booked by many at once counts once; taken back by many at once, once', async ({
    assert,
  }) => {
    const { personIds } = await givenTeam(1)
    const input = {
      key: 'story:1:author',
      personId: personIds[0],
      kind: '稿件',
      piece: '头条',
      points: '12.5',
      workedOn: '2022-06-01',
    }
    const ids = await Promise.all(Array.from({ length: 20 }, () => bookPoints(input, system)))
    assert.lengthOf(new Set(ids), 1)
    assert.equal(await workPointTotal({ units: 'all' }), 12_500)
    const back = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        reversePoints({ entryId: ids[0], reason: '稿件撤回' }, system)
      )
    )
    assert.lengthOf(
      back.filter(({ status }) => status === 'fulfilled'),
      1
    )
    assert.equal(await workPointTotal({ units: 'all' }), 0)
    assert.lengthOf(await rowsOf('work_points'), 2)
    assert.deepEqual(await checkPoints(), [])
  })
})
