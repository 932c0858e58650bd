import { test } from '@japa/runner'
import { moveCycle } from '#performance/actions/move_cycle'
import { cycleHoldings } from '#performance/dissolution'
import { cycleById } from '#performance/queries/cycles'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit } from '#tests/support/givens'
import { meanwhile } from '#tests/support/meanwhile'
import { givenCycle, givenTeam, system, TODAY } from './givens.js'

test.group('Reviews of a unit that ends', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('one that is called off meanwhile stays where it was', async ({ assert }) => {
    const { unitId } = await givenTeam(2)
    const successorId = await givenUnit()
    const cycleId = await givenCycle(unitId)
    const { version } = await cycleById(cycleId)
    const { here, there } = await meanwhile(
      (trx) => cycleHoldings.list(unitId, trx),
      () => moveCycle({ cycleId, version, verb: 'cancel' }, system),
      (trx) => cycleHoldings.settle(cycleId, successorId, TODAY, trx)
    )
    const cycle = await cycleById(cycleId)
    assert.deepEqual(here, [])
    assert.equal(cycle.unitId, there.length ? successorId : unitId)
    assert.equal(cycle.state, there.length ? 'planned' : 'cancelled')
  })

  test('a successor that has one of the same period is named', async ({ assert }) => {
    const [old, next] = [await givenTeam(1), await givenTeam(1)]
    const cycleId = await givenCycle(old.unitId)
    await givenCycle(next.unitId)
    await assert.rejects(
      () => inTransaction((trx) => cycleHoldings.settle(cycleId, next.unitId, TODAY, trx)),
      'performance.errors.cycle_exists'
    )
  })
})
