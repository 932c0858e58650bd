import { test } from '@japa/runner'
import { closeFund } from '#funds/actions/create_fund'
import { fundById } from '#funds/queries/funds'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { together } from '#tests/support/together'
import { givenFund } from './givens.js'

const ROUNDS = 10

test.group('Funds, two at once', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a movement and the end of its fund: one of them is refused', async ({ assert }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { fundId, lineId, head, prepare } = await givenFund(500_00)
      const { version } = await fundById(fundId)
      const close = () => closeFund({ fundId, version }, head)
      const enter = () => prepare({ kind: 'budget', amountFen: 1 })
      const refusals = await together(round % 2 ? [close, enter] : [enter, close])
      const waiting = await rowsOf('fund_movements', { line_id: lineId, state: 'submitted' })
      const { state } = await fundById(fundId)
      assert.deepEqual(
        [refusals.length, waiting.length],
        [1, state === 'closed' ? 0 : 1],
        `round ${round}`
      )
    }
  }).timeout(120_000)
})
