import { test } from '@japa/runner'
import { cyclesForPay } from '#performance/queries/results_for_pay'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { givenCopies, pagesOf } from '#tests/support/lists'
import { givenCycle, givenState, givenTeam, TODAY } from './givens.js'

test.group('Lists of reviews end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('cycles go by pages, and pay may choose every one that is decided', async ({
    assert,
    client,
  }) => {
    const { unitId } = await givenTeam(1)
    const cycleId = await givenCycle(unitId)
    await givenState(cycleId, 'closed')
    await givenCopies('review_cycles', 210, (index) => ({
      number: `KH-${index}`,
      period_to: '2024-01-01',
      period_from: addDays('2023-01-01', index),
    }))
    const user = await givenUser({ role: 'hr_officer', unitId })
    const pages = await pagesOf(client, '/performance', user, { state: 'closed' })
    assert.lengthOf(pages, 5)
    assert.include(pages[4], `/performance/cycles/${cycleId}"`)
    assert.lengthOf(await cyclesForPay([unitId]), 211)
  })
})
