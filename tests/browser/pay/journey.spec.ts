import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { PayClass } from '#pay/domain/runs'
import { checkAllotments, checkRuns } from '#pay/queries/pay_checks'
import { linesOf } from '#pay/queries/slip_lines'
import { slipList } from '#pay/queries/slips'
import { totalVersions } from '#pay/queries/totals'
import { verifyRun } from '#pay/queries/verify_run'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { drainJobs } from '#shared/jobs/queue'
import { emptyDatabase } from '#tests/support/database'
import {
  givenAssignment,
  givenDocument,
  givenPerson,
  givenUser,
  rowsOf,
} from '#tests/support/givens'
import { importRosters, importSample } from '../../functional/imports/samples.js'
import { givenBase, givenItems, givenPayOffice, TODAY } from '../../functional/pay/givens.js'
import { closeBrowser, openPage, signIn } from '../support/browser.js'
import { importSheet } from '../journey/acts.js'
import { Desk } from '../journey/desk.js'
import { enterScheme, nameLeaders, planQuarter, settleHeldResult } from './review_acts.js'

const YUAN = 100
/** Reviewed and paid by the supervising body's word. */
const ROSTERS_ON = '2022-01-10'
const LEADERS = ['崔洋磊', '吴芳琪']
const NEWCOMER = '新到岗'
const QUARTER = { month_from: '2022-04', month_to: '2022-06', pay_month: '2022-07' }
const JULY = { month_from: '2022-07', month_to: '2022-07' }

/** The second quarter of the sample, shared out, released, objected to and put right. */
test.group('The sample quarter’s pay in the browser', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => () => clock.release())
  group.teardown(() => closeBrowser())

  test('to the fen on the page, by three people; an objection becomes a line of the next run', async ({
    assert,
  }) => {
    const { office, centre, merged } = await givenStaffOfCity()
    const cycleId = await planReview(centre, merged, assert)
    const [officer, head, cashier] = await Promise.all([
      deskOf(office.officer.userId),
      deskOf(office.head.userId),
      deskOf(office.cashier.userId),
    ])
    const { allotments, corrections } = await fundQuarter(officer, head)
    await recordMethod(officer, centre, assert)
    // tried on the people whose bases came in
    await givenItems(office)
    await decideResults(cycleId, assert)

    const createRun = async (input: Record<string, string>, chosen: Record<string, string>) => {
      await officer.open('/pay/runs/create')
      for (const [name, value] of Object.entries({ unit_id: String(centre), ...chosen })) {
        await officer.page.locator(`select[name=${name}]`).selectOption(value)
      }
      await officer.fill('/pay/runs', input)
      await officer.send('/pay/runs')
      return officer.path()
    }
    const compute = async (path: string) => {
      await officer.open(path)
      await officer.move(`${path}/compute`)
      await drainJobs()
      await officer.open(path)
    }
    const approve = async (path: string) => {
      await officer.open(path)
      await officer.move(`${path}/check`)
      await head.open(path)
      await head.move(`${path}/approve`)
      await cashier.open(path)
      await cashier.tryMove(`${path}/release`)
    }
    const incentive = (title: string, employmentType: PayClass) =>
      createRun(
        { title, ...QUARTER },
        {
          kind: 'incentive',
          employment_type: employmentType,
          cycle_id: String(cycleId),
          allotment_id: String(allotments[employmentType]),
        }
      )

    // The contract staff's run stops and names the decision that is missing.
    const contract = await incentive('二季度奖励性绩效（编外）', 'contract')
    await compute(contract)
    assert.include(await officer.text(), '编外人员待遇')

    // The establishment staff's: the leaders' amounts first, then everybody's share.
    const quarter = await incentive('二季度奖励性绩效（在编）', 'establishment')
    await compute(quarter)
    assert.include(await officer.text(), '还有 2 人资料不全')
    for (const name of LEADERS) {
      await officer.open(`${quarter}?tab=reconciliation`)
      await officer.page.locator('select[name=person_id]').selectOption({ label: name })
      await officer.fill(`${quarter}/leaders`, { amount: '12000' })
      await officer.pick('document_id', '18号')
      await officer.send(`${quarter}/leaders`)
    }
    await compute(quarter)
    await officer.open(`${quarter}?tab=reconciliation`)
    const [run] = await rowsOf('pay_runs', { title: '二季度奖励性绩效（在编）' })
    assert.deepEqual(await reconciliation(officer), [942_000 * YUAN, 24_000 * YUAN])
    await approve(quarter)
    assert.isNull(await cashier.refusal())
    assert.include(await cashier.text(), '已下达')

    // The decision comes; the contract run goes on and waits for the accounts.
    await decideContract(assert)
    await compute(contract)
    assert.notInclude(await officer.text(), '编外人员待遇')
    await officer.open(`${contract}?tab=reconciliation`)
    assert.deepEqual(await reconciliation(officer), [390_500 * YUAN, 0])
    await approve(contract)
    assert.include(await cashier.refusal(), '没有银行账号')
    const contractId = Number(contract.split('/').at(-1))
    const [first, ...others] = await slipList({ runId: contractId })
    const base = `/pay/bases/${first.personId}`
    await officer.open(base)
    await officer.fill(base, { account: '6200000606482113405', reason: '本人提供' })
    await officer.send(base)
    assert.include(await officer.text(), '3405')
    for (const { personId } of others) await givenBase(personId)
    await cashier.open(contract)
    await cashier.move(`${contract}/release`)

    // On the phone: the slip, an amount opened, an objection.
    const mine = (await slipList({ runId: Number(run.id), state: 'computed' }))[3]
    const [line] = (await linesOf([mine.id])).filter(({ code }) => code === 'incentive')
    const owner = await givenUser({ personId: mine.personId })
    const phone = new Desk(await openPage({ width: 360 }))
    await signIn(phone.page, owner.username)
    await phone.open('/pay/slips')
    await phone.page.locator(`a[href="/pay/slips/${mine.id}"]`).first().click()
    const amount = phone.page.locator('details.pay-line', { hasText: '奖励性绩效' })
    await amount.locator('summary').click()
    const opened = await amount.innerText()
    for (const text of [
      '工作量分',
      '岗位系数',
      '出勤率',
      line.trace.used['工作量分'],
      fen(line.amountFen),
    ]) {
      assert.include(opened, text)
    }
    await phone.fill(`/pay/slips/${mine.id}/objection`, { text: '本季度加分未计入' })
    await phone.send(`/pay/slips/${mine.id}/objection`)

    // Answered, and put right by a difference in the next run.
    const slip = `/pay/slips/${mine.id}`
    await officer.open(slip)
    assert.include(await officer.text(), '本季度加分未计入')
    await officer.fill(`${slip}/answer`, { text: '情况属实，下月补发' })
    await officer.send(`${slip}/answer`)
    await officer.open(`/pay/differences/create?slip=${mine.id}`)
    await officer.page.locator('select[name=item_name]').selectOption('奖励性绩效')
    await officer.fill('/pay/differences', { fact: '加减分 0 → 3', amount: '88.50' })
    await officer.send('/pay/differences')
    const difference = officer.path()
    await head.open(difference)
    await head.move(`${difference}/approval`)

    // Somebody came whose base is not there yet: named, and set aside by reason.
    const newcomer = await givenPerson({ name: NEWCOMER, name_pinyin: 'xin daogang' })
    await givenAssignment(newcomer, centre, {
      employment_type: 'establishment',
      valid_from: '2022-07-01',
    })
    const monthly = await createRun(
      { title: '7月工资', month_from: '2022-07', month_to: '2022-07', pay_month: '2022-07' },
      { kind: 'monthly', employment_type: 'establishment' }
    )
    await compute(monthly)
    const monthlyId = Number(monthly.split('/').at(-1))
    await setAsideNewcomer(officer, monthly, assert)
    await approve(monthly)
    assert.isNull(await cashier.refusal())

    // What is owed of the incentive part is drawn from it: by a run of its own.
    const correction = await createRun(
      { title: '7月补发', month_from: '2022-07', month_to: '2022-07', pay_month: '2022-07' },
      {
        kind: 'correction',
        employment_type: 'establishment',
        allotment_id: String(corrections),
      }
    )
    await compute(correction)
    await approve(correction)
    assert.isNull(await cashier.refusal())
    const correctionId = Number(correction.split('/').at(-1))
    const [allotment] = await rowsOf('pay_allotments', { id: corrections })
    assert.equal(Number(allotment.used_fen), 88_50)

    await phone.open('/pay/slips')
    const slipOf = async (runId: number) =>
      (await slipList({ runId })).find((one) => one.personId === mine.personId)!
    const july = await slipOf(monthlyId)
    await phone.page.locator(`a[href="/pay/slips/${july.id}"]`).first().click()
    const insurance = await phone.page.locator('#lines').innerText()
    for (const name of ['养老保险', '住房公积金', '个人所得税']) assert.include(insurance, name)
    await phone.open('/pay/slips')
    const next = await slipOf(correctionId)
    await phone.page.locator(`a[href="/pay/slips/${next.id}"]`).first().click()
    const added = phone.page.locator('details.pay-line', { hasText: '补发奖励性绩效' })
    await added.locator('summary').click()
    const shown = await added.innerText()
    assert.include(shown, '88.50')
    assert.include(shown, '加减分 0 → 3')
    await phone.open(slip)
    assert.include(await phone.text(), '情况属实，下月补发')

    for (const id of [Number(run.id), contractId, monthlyId, correctionId]) {
      const [row] = await rowsOf('pay_runs', { id })
      assert.equal(row.state, 'released')
      assert.lengthOf(new Set([row.prepared_by, row.approved_by, row.released_by]), 3)
      assert.deepEqual((await verifyRun(id)).differences, [])
    }
    assert.deepEqual([...(await checkAllotments()), ...(await checkRuns())], [])
    for (const { page } of [officer, head, cashier, phone]) await page.context().close()
  }).timeout(420_000)
})

/** The whole that is shared out and the leaders' part, as the page adds them up. */
async function reconciliation({ page }: Desk): Promise<number[]> {
  const table = page.locator('table', { hasText: '预留' }).first()
  const amounts = (await table.locator('td.num').allInnerTexts()).map((text) =>
    Math.round(Number(text.replace(/[^\d.]/g, '')) * YUAN)
  )
  const [people, leaders, reserve, whole] = amounts
  if (people + leaders + reserve !== whole) throw new Error(`${amounts} do not add up`)
  const departments = page.locator('table', { hasText: '部门' }).last()
  const sum = await departments.locator('tfoot td.num').nth(1).innerText()
  if (Math.round(Number(sum.replace(/[^\d.]/g, '')) * YUAN) !== people + leaders) {
    throw new Error(`departments: ${sum}`)
  }
  return [whole, leaders]
}

const fen = (amount: number) => (amount / YUAN).toLocaleString('en', { minimumFractionDigits: 2 })

async function deskOf(userId: number | null): Promise<Desk> {
  const { username } = await db.from('users').where('id', userId!).firstOrFail()
  const page = await openPage()
  await signIn(page, username)
  return new Desk(page)
}

/**
 * Wage bases, totals and coefficients come in by their workbooks, the totals are approved and parts
 * of them allotted: the incentive part of the quarter, July's of the basic part, and a little of the
 * incentive part for corrections.
 */
async function fundQuarter(officer: Desk, head: Desk) {
  await importSheet(officer, { definition: 'wage_base', file: 'pay/wage-base.xlsx', asOf: TODAY })
  await importSheet(officer, { definition: 'pay_tables', file: 'pay/2022-q2.xlsx', asOf: TODAY })
  await givenDocument('市财绩〔2022〕9号')
  for (const { id, totalId } of await totalVersions({ state: 'submitted' })) {
    await head.open(`/pay/totals/${totalId}`)
    await head.move(`/pay/total-versions/${id}/approval`)
  }
  const allotments = {} as Record<PayClass, number>
  for (const total of await rowsOf('pay_totals')) {
    const allot = (part: string, amountFen: number, months: typeof JULY) =>
      allotPart(officer, head, { path: `/pay/totals/${total.id}`, part, amountFen, months })
    const quarter = await allot('incentive', Number(total.incentive_fen) / 4, QUARTER)
    allotments[total.employment_type as PayClass] = quarter
    await allot('basic', Math.floor(Number(total.basic_fen) / 12), JULY)
  }
  const [{ id }] = await rowsOf('pay_totals', { employment_type: 'establishment' })
  const little = { part: 'incentive', amountFen: 1_000 * YUAN, months: JULY }
  return {
    allotments,
    corrections: await allotPart(officer, head, { path: `/pay/totals/${id}`, ...little }),
  }
}

/** A part of a total, prepared by one and released by the other; gives its id. */
async function allotPart(
  officer: Desk,
  head: Desk,
  input: { path: string; part: string; amountFen: number; months: typeof JULY }
): Promise<number> {
  const action = `${input.path}/allotments`
  await officer.open(input.path)
  await officer.page.locator(`form[action="${action}"] [name=part]`).selectOption(input.part)
  const { month_from, month_to } = input.months
  const amount = (input.amountFen / YUAN).toFixed(2)
  await officer.fill(action, { month_from, month_to, amount })
  await officer.pick('document_id', '9号')
  await officer.send(action)
  const { id } = (await rowsOf('pay_allotments')).at(-1)!
  await head.open(input.path)
  await head.send(`/pay/allotments/${id}/release`)
  return Number(id)
}

/** The distribution method and the way it went, from the page of the total. */
async function recordMethod(officer: Desk, centre: number, assert: any) {
  const [{ id }] = await rowsOf('pay_totals', { unit_id: centre })
  await officer.open(`/pay/totals/${id}`)
  const action = `/pay/methods/${centre}`
  await officer.page.locator(`a[href="${action}"]`).click()
  await officer.page.waitForURL(`**${action}`)
  await givenDocument('市融媒〔2022〕3号')
  await officer.pick('document_id', '3号')
  await officer.fill(action, {
    valid_from: '2022-04-01',
    congress_on: '2022-05-20',
    meeting_on: '2022-05-25',
    supervision_on: '2022-06-10',
    supervision_document_no: '市委宣函〔2022〕15号',
    publicity_from: '2022-06-13',
    publicity_to: '2022-06-24',
  })
  await officer.send(action)
  for (const text of ['市融媒〔2022〕3号', '2022-06-24', '市委宣函〔2022〕15号']) {
    assert.include(await officer.text(), text)
  }
}

/** Results imported, sent up and decided: 32 优秀 above the quarter's 29 is said, and needs a word why. */
async function decideResults(cycleId: number, assert: any) {
  const path = `/performance/cycles/${cycleId}`
  const officer = await deskOf((await givenUser({ role: 'hr_officer' })).id)
  const sheet = { definition: 'review_results', file: 'pay/2022-q2.xlsx', asOf: TODAY }
  await importSheet(officer, sheet)
  const leader = await deskOf((await givenUser({ role: 'leadership' })).id)
  await settleHeldResult(officer, leader)
  const head = await deskOf((await givenUser({ role: 'hr_head' })).id)
  await head.open(path)
  await head.move(`${path}/calibration`)
  await head.open(path)
  await head.move(`${path}/proposal`)
  await leader.open(`${path}?tab=decision`)
  const warning = await leader.page.locator('.alert-warn').first().innerText()
  for (const figure of ['32', '29']) assert.include(warning, figure)
  await givenDocument('市委宣函〔2022〕18号')
  await leader.pick('document_id', '18号')
  await leader.fill(`${path}/resolution`, { comment: '季度超出3人，年度考核时统筹' })
  await leader.send(`${path}/resolution`)
  assert.include(await leader.text(), '公示')
  for (const { page } of [officer, head, leader]) await page.context().close()
}

/** 编外人员待遇, proposed and decided on the pages of two people. */
async function decideContract(assert: any) {
  const { id } = await db.from('decisions').where('code', 'contract_staff_pay').firstOrFail()
  await givenDocument('市编办〔2022〕6号')
  const proposer = await deskOf((await givenUser({ role: 'leading_group_office' })).id)
  const path = `/decisions/${id}`
  await proposer.open(path)
  await proposer.fill(`${path}/proposal`, { text: '同岗同酬，按在编办法执行' })
  await proposer.pick('document_id', '6号')
  await proposer.send(`${path}/proposal`)
  const leader = await deskOf((await givenUser({ role: 'leadership' })).id)
  await leader.open(path)
  await leader.move(`${path}/approval`)
  assert.equal((await db.from('decisions').where('id', id).firstOrFail()).state, 'decided')
  for (const { page } of [proposer, leader]) await page.context().close()
}

/** A run with somebody incomplete is not sent on; set aside by reason, it is. */
async function setAsideNewcomer(officer: Desk, run: string, assert: any) {
  await officer.open(run)
  assert.include(await officer.text(), '还有 1 人资料不全')
  assert.equal(await officer.page.locator(`form[action="${run}/check"]`).count(), 0)
  await officer.open(`${run}?tab=people&state=missing`)
  await officer.page.getByRole('link', { name: NEWCOMER, exact: true }).click()
  await officer.page.waitForURL(/\/pay\/slips\/\d+$/)
  const aside = `${officer.path()}/aside`
  await officer.fill(aside, { reason: '工资关系未转来' })
  await officer.send(aside)
  await officer.open(`${run}?tab=people&state=set_aside`)
  const kept = await officer.text()
  for (const text of [NEWCOMER, '工资关系未转来']) assert.include(kept, text)
}

/** The scheme, the review with the merged units, its leaders; the batch of transfers comes after. */
async function planReview(centre: number, merged: number[], assert: any): Promise<number> {
  const officer = await deskOf((await givenUser({ role: 'hr_officer' })).id)
  await enterScheme(officer, centre)
  const cycleId = await planQuarter(officer, centre, merged)
  await nameLeaders(officer, cycleId, LEADERS)
  const leaders = await rowsOf('scorecards', { cycle_id: cycleId, outlook: 'leader' })
  assert.lengthOf(leaders, LEADERS.length)
  await officer.page.context().close()
  await inTransaction((trx) =>
    trx.from('assignments').whereIn('unit_id', merged).update({ unit_id: centre })
  )
  return cycleId
}

/** Posts come in on the page; units, quotas and rosters as the first journey brings them in. */
async function givenStaffOfCity() {
  clock.freeze(ROSTERS_ON)
  await importSample('units', 'reform-plan.xlsx', { effective_on: '2022-02-20' })
  const officer = await deskOf((await givenUser({ role: 'hr_officer' })).id)
  await importSheet(officer, { definition: 'posts', file: 'posts.xlsx', asOf: ROSTERS_ON })
  await officer.page.context().close()
  await importSample('quotas', 'quotas.xlsx')
  await importRosters()
  clock.freeze(TODAY)
  const office = await givenPayOffice()
  const rows = await db.from('units').where('kind', 'reform').select('id', 'name')
  const units = new Map(rows.map((row) => [row.name, Number(row.id)]))
  const centre = units.get('融媒体中心')!
  const merged = ['广播电视台', '报社', '新闻网络舆情中心'].map((name) => units.get(name)!)
  return { office, centre, merged }
}
