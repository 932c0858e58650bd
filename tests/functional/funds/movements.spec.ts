import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { addLine, closeFund } from '#funds/actions/create_fund'
import { returnMovement, withdrawMovement } from '#funds/actions/post_movement'
import { mendMovement } from '#funds/actions/prepare_movement'
import { fundById, linesOf } from '#funds/queries/funds'
import { commitmentsOf, movementById } from '#funds/queries/movements'
import { checkContracts, checkLines } from '#funds/queries/fund_checks'
import { fundsInbox } from '#funds/queries/funds_inbox'
import { bulkInsert, inTransaction, isCheckViolation } from '#shared/database'
import { DomainError } from '#shared/errors'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { givenFund } from './givens.js'

const ROUNDS = 1_000

test.group('Special funds', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze('2022-03-01'))
  group.each.teardown(() => clock.release())

  async function figures(fundId: number) {
    const [{ budget, released, committed, paid }] = await linesOf(fundId)
    return [budget, released, committed, paid]
  }

  /** Payments as if they had been prepared, these amounts for every round. */
  async function waitingPayments(commitmentId: number, amounts: number[]): Promise<number[]> {
    const model = (await rowsOf('fund_movements', { kind: 'commitment' }))[0]
    const rows = Array.from({ length: ROUNDS * amounts.length }, (_, index) => ({
      line_id: model.line_id,
      kind: 'payment',
      commitment_id: commitmentId,
      version: 1,
      number: `P${index}`,
      amount_fen: amounts[index % amounts.length],
      state: 'submitted',
      purpose: '测试',
      document_id: model.document_id,
      happens_on: '2022-03-01',
      prepared_by: model.prepared_by,
      created_at: clock.now(),
    }))
    await inTransaction((trx) => bulkInsert(trx, 'fund_movements', rows))
    const written = await rowsOf('fund_movements', { kind: 'payment' })
    return written.map(({ id }) => Number(id))
  }

  test('budget, release, contract and payment in their order, each posted by another person', async ({
    assert,
  }) => {
    const { fundId, enter, prepare, post, officer } = await givenFund(500_00, 800_00)
    await enter({ kind: 'commitment', amountFen: 300_00, payee: '甲公司' })
    const [contract] = await commitmentsOf(fundId)
    await enter({ kind: 'payment', amountFen: 100_00, commitmentId: contract.id })
    assert.deepEqual(await figures(fundId), [800_00, 500_00, 300_00, 100_00])

    const refused = async (input: object, key: string) => {
      const id = await prepare(input)
      await assert.rejects(() => post(id), key)
      const { version } = await movementById(id)
      await withdrawMovement({ movementId: id, version }, officer)
    }
    await refused({ kind: 'release', amountFen: 300_01 }, 'funds.errors.no_room')
    await refused({ kind: 'commitment', amountFen: 200_01, payee: '乙' }, 'funds.errors.no_room')
    await refused(
      { kind: 'payment', amountFen: 200_01, commitmentId: contract.id },
      'funds.errors.no_room'
    )
    await refused({ kind: 'budget', amountFen: -300_01 }, 'funds.errors.nothing_to_take_back')
    await refused({ kind: 'release', amountFen: -200_01 }, 'funds.errors.nothing_to_take_back')
    await refused(
      { kind: 'payment', amountFen: -100_01, commitmentId: contract.id },
      'funds.errors.nothing_to_take_back'
    )
    assert.deepEqual(await figures(fundId), [800_00, 500_00, 300_00, 100_00])

    await enter({ kind: 'payment', amountFen: -100_00, commitmentId: contract.id })
    await enter({ kind: 'commitment', amountFen: -300_00, commitmentId: contract.id })
    assert.deepEqual(await figures(fundId), [800_00, 500_00, 0, 0])
    assert.deepEqual([...(await checkLines()), ...(await checkContracts())], [])
  })

  test('one contract is never paid out of another one’s room', async ({ assert }) => {
    const { fundId, enter, prepare, post } = await givenFund(500_00)
    await enter({ kind: 'commitment', amountFen: 100_00, payee: '甲公司' })
    await enter({ kind: 'commitment', amountFen: 300_00, payee: '乙公司' })
    const [, small] = await commitmentsOf(fundId)
    const id = await prepare({ kind: 'payment', amountFen: 100_01, commitmentId: small.id })
    await assert.rejects(() => post(id), 'funds.errors.contract_exceeded')
    assert.deepEqual(await figures(fundId), [500_00, 500_00, 400_00, 0])
  })

  test('who prepared it does not post it; a returned one is mended and posted', async ({
    assert,
  }) => {
    const { fundId, documentId, lineId, officer, head, prepare, post } = await givenFund(500_00)
    const movementId = await prepare({ kind: 'commitment', amountFen: 600_00, payee: '甲公司' })
    await assert.rejects(() => post(movementId, officer), 'funds.errors.same_person')
    await returnMovement({ movementId, version: 1, comment: '超过已下达' }, head)
    const [waiting] = await fundsInbox(officer, (key) => key)
    assert.equal(waiting.url, `/funds/movements/${movementId}`)
    const mended = {
      lineId,
      kind: 'commitment' as const,
      amountFen: 400_00,
      commitmentId: null,
      projectId: null,
      payee: '甲公司',
      purpose: '改',
      documentId,
      happensOn: '2022-03-02',
      movementId,
      version: 2,
    }
    await assert.rejects(() => mendMovement(mended, head), 'funds.errors.other_author')
    await mendMovement(mended, officer)
    assert.lengthOf(await fundsInbox(head, (key) => key), 1)
    await post(movementId)
    assert.deepEqual(await figures(fundId), [500_00, 500_00, 400_00, 0])
    await assert.rejects(() => post(movementId), /E_MOVE|shared.errors.move|no_room/)
  })

  test(`two payments that together exceed what there is: one is refused, ${ROUNDS} rounds`, async ({
    assert,
  }) => {
    const { fundId, enter, post } = await givenFund(ROUNDS * 100)
    await enter({ kind: 'commitment', amountFen: 60, payee: '甲公司' })
    const [contract] = await commitmentsOf(fundId)
    const ids = await waitingPayments(contract.id, [40, 40, -40])
    for (let round = 0; round < ROUNDS; round++) {
      const [one, other, back] = ids.slice(round * 3)
      const answers = await Promise.allSettled([post(one), post(other)])
      const lost = answers.filter(({ status }) => status === 'rejected')
      assert.lengthOf(lost, 1, `round ${round}`)
      assert.instanceOf((lost[0] as PromiseRejectedResult).reason, DomainError)
      await post(back)
    }
    assert.deepEqual(await figures(fundId), [ROUNDS * 100, ROUNDS * 100, 60, 0])
    assert.deepEqual([...(await checkLines()), ...(await checkContracts())], [])
  }).timeout(240_000)

  test('the database itself refuses a figure below zero or above its cover', async ({ assert }) => {
    const { lineId, enter, fundId } = await givenFund(500_00)
    await enter({ kind: 'commitment', amountFen: 100_00, payee: '甲公司' })
    const [contract] = await commitmentsOf(fundId)
    for (const values of [
      { paid_fen: -1 },
      { paid_fen: 100_01 },
      { committed_fen: 500_01 },
      { released_fen: 500_01 },
    ]) {
      const error = await db
        .from('fund_lines')
        .where('id', lineId)
        .update(values)
        .catch((e) => e)
      assert.isTrue(isCheckViolation(error), JSON.stringify(values))
    }
    const error = await db
      .from('fund_commitments')
      .where('id', contract.id)
      .update({ paid_fen: 100_01 })
      .catch((e) => e)
    assert.isTrue(isCheckViolation(error))
  })

  test('a figure changed by hand is found, with the line', async ({ assert }) => {
    const { lineId } = await givenFund(500_00)
    await db.from('fund_lines').where('id', lineId).update({ released_fen: 499_99 })
    const [found] = await checkLines()
    assert.equal(found.detail, `fund_lines ${lineId}: released_fen 49999, movements 50000`)
  })

  test('a fund closes when nothing waits and every contract is paid', async ({ assert }) => {
    const { fundId, enter, prepare, officer, head, post } = await givenFund(500_00)
    await addLine({ fundId, version: 1, name: '客户端' }, officer)
    await enter({ kind: 'commitment', amountFen: 100_00, payee: '甲公司' })
    const close = async () => closeFund({ fundId, version: (await fundById(fundId)).version }, head)
    await assert.rejects(close, 'funds.errors.unpaid_contracts')
    const [contract] = await commitmentsOf(fundId)
    const pay = await prepare({ kind: 'payment', amountFen: 100_00, commitmentId: contract.id })
    await assert.rejects(close, 'funds.errors.movements_wait')
    await post(pay)
    await close()
    await assert.rejects(
      () => prepare({ kind: 'budget', amountFen: 1 }),
      'funds.errors.fund_closed'
    )
    assert.lengthOf(await rowsOf('fund_lines', { fund_id: fundId }), 2)
  })
})
