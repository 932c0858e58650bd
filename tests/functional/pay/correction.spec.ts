import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { approveRun, checkRun, payRun, returnRun } from '#pay/actions/move_run'
import { releaseRun } from '#pay/actions/release_run'
import { approveDifference, prepareDifference } from '#pay/actions/differences'
import { prepareAllotment, releaseAllotment } from '#pay/actions/totals'
import { differenceById } from '#pay/queries/differences'
import { checkAllotments, checkRuns } from '#pay/queries/pay_checks'
import { runById } from '#pay/queries/runs'
import { linesOf } from '#pay/queries/slip_lines'
import { slipById, slipList } from '#pay/queries/slips'
import { taxTableOf } from '#pay/queries/tax_table'
import { verifyRun } from '#pay/queries/verify_run'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser } from '#tests/support/givens'
import {
  at,
  compute,
  givenPayroll,
  givenReleased,
  givenRun,
  release,
  TODAY,
  type Office,
} from './givens.js'

const JUNE = { kind: 'correction' as const, title: '六月补发', payMonth: '2022-06' }
/** 8% + 4% + 2% + 0.5% of 8,500; 12% of 4,500. */
const INSURANCE = 1_772_50

test.group('A correction run', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  /** June of three people released: 13,771 and 11 more from step to step. */
  async function givenReleasedJune() {
    const payroll = await givenPayroll(3, 50_000_00)
    const { office, unitId } = payroll
    await db.from('wage_bases').update({ allowance_fen: 1_000_000, additional_deduction_fen: 0 })
    const june = await givenReleased(office, unitId)
    const slips = await slipList({ runId: june })
    /** Against the June slip of one of the three, approved. */
    const difference = async (which: number, amountFen: number, itemName = '薪级工资') => {
      const slip = slips[which]
      const id = await prepareDifference(
        {
          personId: slip.personId,
          unitId,
          employmentType: 'establishment',
          slipId: slip.id,
          itemName,
          fact: '薪级更正，自2022-06起',
          amountFen,
          instalmentFen: null,
          documentId: null,
        },
        office.officer
      )
      await approveDifference({ id, version: 1 }, office.head)
      return id
    }
    return { ...payroll, june, slips, difference }
  }

  test('end to end: pays what is owed, settles it, and is opened, verified and paid', async ({
    client,
    assert,
  }) => {
    const { office, unitId, personIds, slips, difference, allotment } = await givenReleasedJune()
    const before = (await allotment()).usedFen
    const arrears = await difference(0, 1_000_00)
    const drawing = await difference(1, 500_00, '基础性绩效')
    const recovery = await difference(2, -300_00)
    const runId = await givenRun(office, unitId, JUNE)
    assert.deepEqual(await compute(office, runId), { computed: true, people: 2 })
    const corrections = await slipList({ runId })
    assert.deepEqual(
      corrections.map(({ personId, grossFen }) => [personId, grossFen]),
      [
        [personIds[0], 1_000_00],
        [personIds[1], 500_00],
      ]
    )
    await checkRun(await at(runId), office.officer)
    await approveRun(await at(runId), office.head)
    assert.equal((await allotment()).usedFen - before, 500_00)
    await releaseRun(await at(runId), office.cashier)
    await payRun(await at(runId), office.cashier)
    assert.equal((await runById(runId)).state, 'paid')
    const settled = await Promise.all(
      [arrears, drawing, recovery].map(async (id) => (await differenceById(id)).settledFen)
    )
    // what is only taken back waits for a month that it can be taken from
    assert.deepEqual(settled, [1_000_00, 500_00, 0])
    assert.deepEqual((await verifyRun(runId)).differences, [])
    assert.deepEqual([...(await checkAllotments()), ...(await checkRuns())], [])

    const owner = await givenUser({ personId: personIds[0] })
    const page = await client.get(`/pay/slips/${corrections[0].id}`).loginAs(owner)
    for (const text of [
      '补发薪级工资',
      '薪级更正，自2022-06起',
      '总额 ¥1,000.00，此前已处理 ¥0.00',
    ]) {
      assert.include(page.text(), text)
    }
    assert.equal((await slipById(slips[0].id)).netFen, slips[0].netFen)
    // a second one of the same month finds nothing left to pay
    const again = await givenRun(office, unitId, JUNE)
    assert.deepEqual(await compute(office, again), { computed: true, people: 0 })
  })

  test('tax is taken once a person, agent and payment month, over every run released in it', async ({
    assert,
  }) => {
    const { office, unitId, personIds, slips, difference } = await givenReleasedJune()
    const income = 13_771_00
    const taxOf = (more: number) => Math.round((income + more - INSURANCE - 5_000_00) * 0.03)
    assert.equal(slips[0].taxFen, taxOf(0))
    const run = async (which: number, fen: number) => {
      await difference(which, fen)
      const runId = await givenRun(office, unitId, JUNE)
      await compute(office, runId)
      await release(office, runId)
      return (await slipList({ runId }))[0]
    }
    const first = await run(0, 1_000_00)
    const second = await run(0, 400_00)
    assert.equal(slips[0].taxFen + first.taxFen, taxOf(1_000_00))
    assert.equal(slips[0].taxFen + first.taxFen + second.taxFen, taxOf(1_400_00))
    assert.equal(second.netFen, 400_00 - second.taxFen)
    const [line] = (await linesOf([second.id])).filter(({ code }) => code === 'tax')
    assert.deepInclude(line.trace, {
      income: income + 1_400_00,
      standard: 5_000_00,
      insurance: INSURANCE,
      withheld: slips[0].taxFen + first.taxFen,
    })
    const row = (await taxTableOf(unitId, '2022-06')).find(
      ({ personId }) => personId === personIds[0]
    )!
    assert.deepInclude(row, { income: income + 1_400_00, tax: taxOf(1_400_00) })
    // in the next payment month the deduction comes once more, and the tax of June counts as withheld
    await difference(0, 100_00)
    const july = await givenRun(office, unitId, { ...JUNE, payMonth: '2022-07' })
    await compute(office, july)
    const [slip] = await slipList({ runId: july })
    assert.equal(slip.taxFen, 0)
  })

  test('computed before another run of the month was released: it is computed again', async ({
    assert,
  }) => {
    const { office, unitId, difference } = await givenReleasedJune()
    await difference(0, 1_000_00)
    const runId = await givenRun(office, unitId, JUNE)
    await compute(office, runId)
    await checkRun(await at(runId), office.officer)
    await approveRun(await at(runId), office.head)
    const may = { monthFrom: '2022-05', monthTo: '2022-05', payMonth: '2022-06' }
    const late = await givenRun(office, unitId, may)
    await compute(office, late)
    await release(office, late)
    await assert.rejects(
      async () => releaseRun(await at(runId), office.cashier),
      'pay.errors.stale_tax'
    )
    await returnRun({ ...(await at(runId)), comment: '五月工资已发' }, office.head)
    await compute(office, runId)
    await release(office, runId)
    assert.deepEqual((await verifyRun(runId)).differences, [])
  })

  test('each part draws on its own allotment', async ({ assert }) => {
    const { office, unitId, totalId, difference, allotment } = await givenReleasedJune()
    const before = (await allotment()).usedFen
    const id = await difference(0, 700_00, '奖励性绩效')
    const basic = await givenRun(office, unitId, JUNE)
    assert.deepEqual(await compute(office, basic), { computed: true, people: 0 })
    const incentive = await givenAllotmentOf(office, totalId)
    const runId = await givenRun(office, unitId, {
      ...JUNE,
      monthFrom: '2022-04',
      allotmentId: incentive,
    })
    await compute(office, runId)
    await release(office, runId)
    assert.equal((await differenceById(id)).settledFen, 700_00)
    assert.equal((await allotment()).usedFen, before)
    assert.deepEqual(await checkAllotments(), [])
  })

  test('is taxed and counts against the total as what it corrects, whatever is posted', async ({
    client,
    assert,
  }) => {
    const { unitId, slips, difference } = await givenReleasedJune()
    await assert.rejects(() => difference(0, 700_00, '加班费'), 'pay.errors.unknown_item')
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const { id, personId } = slips[0]
    const answer = await client
      .post('/pay/differences')
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({
        slip_id: id,
        person_id: personId,
        item_name: '基础性绩效',
        fact: '岗位 → 岗位',
        amount: '90',
        tax: 'exempt',
        draws_on: '',
        _key: 'once',
      })
    answer.assertStatus(302)
    const row = await differenceById(Number(answer.header('location')!.split('/').at(-1)))
    assert.deepEqual([row.tax, row.drawsOn], ['taxable', 'basic'])
  })
})

/** A released allotment of the incentive part of a total that is there. */
async function givenAllotmentOf(office: Office, totalId: number) {
  const id = await prepareAllotment(
    {
      totalId,
      part: 'incentive',
      amountFen: 5_000_00,
      documentId: await givenDocument(),
      monthFrom: '2022-04',
      monthTo: '2022-06',
    },
    office.officer
  )
  await releaseAllotment({ id, version: 1 }, office.head)
  return id
}
