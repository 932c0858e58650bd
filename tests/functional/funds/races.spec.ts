import { test } from '@japa/runner'
import { closeFund } from '#funds/actions/create_fund'
import { fundHoldings } from '#funds/dissolution'
import { fundById } from '#funds/queries/funds'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { meanwhile } from '#tests/support/meanwhile'
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

  test('a fund in which a movement waits does not end with its unit', async ({ assert }) => {
    const { fundId, prepare } = await givenFund(0, 500_00)
    await prepare({ kind: 'release', amountFen: 1_00 })
    const settle = () =>
      inTransaction((trx) => fundHoldings.settle(fundId, null, '2022-03-01', trx))
    await assert.rejects(settle, 'funds.errors.movements_wait')
    assert.equal((await fundById(fundId)).state, 'open')
  })

  test('a fund that is released from while its unit ends is not closed by what it was', async ({
    assert,
  }) => {
    const { unitId, fundId, prepare, post } = await givenFund(0, 500_00)
    const movementId = await prepare({ kind: 'release', amountFen: 1_00 })
    const { here, there } = await meanwhile(
      (trx) => fundHoldings.list(unitId, trx),
      () => post(movementId),
      (trx) => fundHoldings.settle(fundId, null, '2022-03-01', trx)
    )
    const { state, released } = await fundById(fundId)
    assert.lengthOf([...here, ...there], 1)
    assert.equal(state, released === 0 ? 'closed' : 'open')
  })
})
