import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { approveDifference, prepareDifference } from '#pay/actions/differences'
import { approveRun, checkRun, payRun, returnRun } from '#pay/actions/move_run'
import { releaseRun } from '#pay/actions/release_run'
import { moveSlipPayment } from '#pay/actions/slips'
import { differenceById } from '#pay/queries/differences'
import { checkAllotments, checkRuns } from '#pay/queries/pay_checks'
import { runById } from '#pay/queries/runs'
import { linesOf } from '#pay/queries/slip_lines'
import { slipList } from '#pay/queries/slips'
import { verifyRun } from '#pay/queries/verify_run'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { at, compute, givenPayroll, givenRun, release, TODAY } from './givens.js'

test.group('A monthly run', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('items, insurance and tax to the fen, from draft to paid by three people', async ({
    assert,
  }) => {
    const { office: people, unitId, allotment } = await givenPayroll(2)
    const runId = await givenRun(people, unitId)
    assert.deepEqual(await compute(people, runId), { computed: true, people: 2 })
    const [slip] = await slipList({ runId })
    const lines = new Map((await linesOf([slip.id])).map((line) => [line.name, line.amountFen]))
    // step 1: 91 yuan; 8% + 4% + 2% + 0.5% of 8,500; 12% of 4,500
    assert.deepInclude(Object.fromEntries(lines), {
      岗位工资: 680_00,
      薪级工资: 91_00,
      津贴补贴: 600_00,
      基础性绩效: 3000_00,
      养老保险: 680_00,
      职业年金: 340_00,
      医疗保险: 170_00,
      失业保险: 42_50,
      住房公积金: 540_00,
      单位养老保险: 1360_00,
      个人所得税: 0,
    })
    assert.equal(slip.netFen, 4371_00 - 1772_50)
    await assert.rejects(async () => approveRun(await at(runId), people.head), 'shared.errors.move')
    await checkRun(await at(runId), people.officer)
    await assert.rejects(
      async () => approveRun(await at(runId), people.officer),
      'pay.errors.same_person'
    )
    await approveRun(await at(runId), people.head)
    assert.equal((await allotment()).usedFen, 6000_00)
    await assert.rejects(
      async () => releaseRun(await at(runId), people.head),
      'pay.errors.same_person'
    )
    await releaseRun(await at(runId), people.cashier)
    await payRun(await at(runId), people.cashier)
    await moveSlipPayment({ slipId: slip.id, verb: 'return', note: '账号已销户' }, people.cashier)
    await moveSlipPayment({ slipId: slip.id, verb: 'repay', note: '新账号重发' }, people.cashier)
    assert.equal((await runById(runId)).state, 'paid')
    const verified = await verifyRun(runId)
    assert.deepEqual(verified.differences, [])
    assert.equal(verified.lines, 2 * 15)
    assert.deepEqual([...(await checkAllotments()), ...(await checkRuns())], [])
  })

  test('tax is one cumulation over all runs released in a payment month', async ({ assert }) => {
    const { office: people, unitId, personIds } = await givenPayroll(1)
    await db.from('wage_bases').update({ allowance_fen: 1_000_000, additional_deduction_fen: 0 })
    const first = await givenRun(people, unitId, {
      monthFrom: '2022-05',
      monthTo: '2022-05',
      payMonth: '2022-06',
    })
    const second = await givenRun(people, unitId, { payMonth: '2022-06' })
    await compute(people, first)
    await compute(people, second)
    await release(people, first)
    await checkRun(await at(second), people.officer)
    await approveRun(await at(second), people.head)
    // the first was released since: its income belongs to the same month
    await assert.rejects(
      async () => releaseRun(await at(second), people.cashier),
      'pay.errors.stale_tax'
    )
    await returnRun({ ...(await at(second)), comment: '税款需重算' }, people.head)
    await compute(people, second)
    await release(people, second)
    const [one] = await slipList({ runId: first })
    const [two] = await slipList({ runId: second })
    const taxable = 2 * (13_771_00 - 1772_50) - 5_000_00
    assert.equal(one.taxFen + two.taxFen, Math.round(taxable * 0.03))
    assert.equal(one.personId, personIds[0])
  })

  test('a changed past month: arrears at once, recovery in instalments above the floor', async ({
    assert,
  }) => {
    const { office: people, unitId, personIds } = await givenPayroll(2)
    const [first] = [
      await givenRun(people, unitId, {
        monthFrom: '2022-05',
        monthTo: '2022-05',
        payMonth: '2022-05',
      }),
    ]
    await compute(people, first)
    await release(people, first)
    const [paid] = await slipList({ runId: first })
    const difference = async (
      personId: number,
      amountFen: number,
      instalmentFen: number | null
    ) => {
      const id = await prepareDifference(
        {
          personId,
          unitId,
          employmentType: 'establishment',
          slipId: paid.id,
          itemName: '薪级工资',
          fact: '薪级 12 → 13，自2022-05起',
          amountFen,
          instalmentFen,
          documentId: null,
        },
        people.officer
      )
      await assert.rejects(
        () => approveDifference({ id, version: 1 }, people.officer),
        'pay.errors.same_person'
      )
      await approveDifference({ id, version: 1 }, people.head)
      return id
    }
    const inParts = () => difference(personIds[0], 11_00, 5_00)
    await assert.rejects(inParts, 'pay.errors.arrears_at_once')
    const arrears = await difference(personIds[0], 11_00, null)
    const recovery = await difference(personIds[1], -1000_00, 400_00)
    const june = await givenRun(people, unitId)
    await compute(people, june)
    const lines = (await linesOf((await slipList({ runId: june })).map(({ id }) => id))).filter(
      ({ differenceId }) => differenceId
    )
    assert.deepEqual(
      lines.map(({ name, amountFen }) => [name, amountFen]),
      [
        ['补发薪级工资', 11_00],
        ['扣回薪级工资', -400_00],
      ]
    )
    assert.equal(lines[0].trace.fact, '薪级 12 → 13，自2022-05起')
    await release(people, june)
    assert.equal((await differenceById(arrears)).settledFen, 11_00)
    const july = await givenRun(people, unitId, {
      monthFrom: '2022-07',
      monthTo: '2022-07',
      payMonth: '2022-07',
    })
    await db
      .from('wage_bases')
      .where('person_id', personIds[1])
      .update({ pension_base_fen: 1_000_000 })
    await compute(people, july)
    await release(people, july)
    assert.equal((await differenceById(recovery)).settledFen, -792_00)
    const [, slip] = await slipList({ runId: july })
    assert.equal(slip.netFen, 2000_00)
    assert.deepEqual((await verifyRun(july)).differences, [])
  })
})
