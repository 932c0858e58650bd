import { test } from '@japa/runner'
import { releaseAllotment } from '#pay/actions/totals'
import { checkAllotments } from '#pay/queries/pay_checks'
import { totalById } from '#pay/queries/totals'
import { bulkInsert, inTransaction } from '#shared/database'
import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, rowsOf } from '#tests/support/givens'
import { givenAllotment, givenPayOffice, TODAY } from './givens.js'

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
      ...{ part: 'basic', fen: 40, totalFen: 40 + 100 },
    })
    const [model] = await rowsOf('pay_allotments')
    const rows = Array.from({ length: ROUNDS * 2 }, () => ({
      ...{ total_id: totalId, part: 'basic', month_from: '2022-01', month_to: '2022-12' },
      ...{ amount_fen: 60, used_fen: 0, document_id: model.document_id, state: 'submitted' },
      ...{ prepared_by: model.prepared_by, version: 1, created_at: clock.now() },
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
