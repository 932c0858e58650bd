import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { recordDocument } from '#decisions/actions/record_document'
import { runImport } from '#imports/actions/run_import'
import { approveDifference, prepareDifference } from '#pay/actions/differences'
import { addStandardItems, approveItem, tryItem } from '#pay/actions/items'
import { computeRun, requestCompute } from '#pay/actions/compute_run'
import { createRun, type RunInput } from '#pay/actions/create_run'
import { approveRun, checkRun, payRun, releaseRun } from '#pay/actions/move_run'
import { confirmSlip, objectToSlip, setAside, setLeaderAmount } from '#pay/actions/slips'
import { approveTotal, prepareAllotment, releaseAllotment } from '#pay/actions/totals'
import type { PayClass } from '#pay/domain/runs'
import { itemById } from '#pay/queries/items'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { totalsOf, totalVersions, type TotalRow } from '#pay/queries/totals'
import { cyclesForPay } from '#performance/queries/results_for_pay'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays, addMonths } from '#shared/dates'
import { DomainError } from '#shared/errors'
import { inTransaction } from '#shared/database'
import { enterAccount, enterStaff } from './cast.js'
import type { City } from './city.js'

const YUAN = 100

interface Office {
  officer: Actor
  head: Actor
  cashier: Actor
}

/**
 * Pay at the centre: totals and standards imported, items tried and approved, a month paid with
 * slips, last month's run on the head's desk, the quarter's incentive part shared out for the
 * establishment staff and stopped by name for the contract staff.
 */
export async function tellPay(city: City): Promise<void> {
  const { quarter, today, units } = city
  const centre = units.get('融媒体中心')!
  const enterOfficer = await enterAccount({
    ...{ username: 'xinchou1', name: '许文静', role: 'pay_officer' },
  })
  const office: Office = {
    officer: await enterOfficer(),
    head: await actorOf('caiwuhead'),
    cashier: await actorOf('caiwu1'),
  }
  clock.freeze(quarter)
  const totals = await importTables(city, office)
  await enterItems(city, office)
  const [establishment] = totals
  const month = addMonths(quarter, 2).slice(0, 7)
  await allot(city, office, establishment, 'basic', quarter.slice(0, 7), month, 31)

  // The last month of the quarter was paid; one slip is confirmed, one is objected to.
  clock.freeze(addDays(addMonths(quarter, 3), 4))
  const paid = await monthly(city, office, centre, month)
  await release(office, paid)
  await payRun(await at(paid), office.cashier)
  await tellStaff(city, office, paid)

  await tellIncentive(city, office, totals)
  clock.freeze(addDays(today, -1))
  await tellCurrentMonth(city, office, establishment)
}

async function importTables(city: City, office: Office): Promise<TotalRow[]> {
  const asOf = city.quarter
  for (const [definition, name] of [
    ['pay_tables', 'pay/2022-q2.xlsx'],
    ['wage_base', 'pay/wage-base.xlsx'],
  ]) {
    await runImport({
      ...{ definition, path: join(city.folder, name), fileName: name.split('/').at(-1)!, asOf },
      ...{ actor: office.officer, confirm: true as const },
    })
  }
  for (const { id, version } of await totalVersions({ state: 'submitted' })) {
    await approveTotal({ id, version }, office.head)
  }
  const totals = await totalsOf('all')
  return totals.sort((a, b) => (a.employmentType > b.employmentType ? -1 : 1))
}

async function enterItems(city: City, { officer, head }: Office) {
  const documentId = await document(city, 30, '关于执行事业单位工资项目的通知', officer)
  const validFrom = city.quarter
  const ids = await addStandardItems(
    { employmentType: 'establishment', documentId, validFrom },
    officer
  )
  for (const id of ids) {
    await tryItem({ id, version: (await itemById(id)).version }, officer)
    await approveItem({ id, version: (await itemById(id)).version }, head)
  }
}

async function allot(
  city: City,
  { officer, head }: Office,
  total: TotalRow,
  part: 'basic' | 'incentive',
  monthFrom: string,
  monthTo: string,
  number: number
): Promise<number> {
  const whole = part === 'basic' ? total.basicFen : total.incentiveFen
  const documentId = await document(city, number, '关于下达绩效工资额度的通知', officer)
  const id = await prepareAllotment(
    { totalId: total.id, part, monthFrom, monthTo, amountFen: Math.floor(whole / 4), documentId },
    officer
  )
  await releaseAllotment({ id, version: 1 }, head)
  return id
}

async function monthly(
  _city: City,
  office: Office,
  unitId: number,
  month: string
): Promise<number> {
  const runId = await createRun(
    {
      ...{ kind: 'monthly' as const, unitId, employmentType: 'establishment' as PayClass },
      ...{ monthFrom: month, monthTo: month, payMonth: clock.today().slice(0, 7) },
      ...{ title: `${month.slice(0, 4)}年${Number(month.slice(5))}月在编人员工资` },
      ...{ allotmentId: null, cycleId: null },
    },
    office.officer
  )
  await compute(office, runId)
  for (const { id, version } of await slipList({ runId, state: 'missing' })) {
    await setAside(
      { slipId: id, version, reason: '工资关系材料未齐，补齐后另行发放' },
      office.officer
    )
  }
  return runId
}

/** Somebody of the centre reads the slip on the phone; a colleague objects, and a correction waits. */
async function tellStaff(city: City, office: Office, runId: number) {
  const slips = await slipList({ runId, state: 'computed' })
  const [mine, other] = slips.slice(4)
  const userId = await enterStaff('yuangong1', { id: mine.personId, name: mine.personName })
  const otherId = await enterStaff('yuangong2', { id: other.personId, name: other.personName })
  await confirmSlip({ slipId: mine.id, version: mine.version }, await buildActor(userId))
  const text = '津贴补贴标准本季度已调整，本月工资未体现，请核对'
  await objectToSlip({ slipId: other.id, version: other.version, text }, await buildActor(otherId))
  const id = await prepareDifference(
    {
      ...{ personId: mine.personId, unitId: mine.unitId, employmentType: 'establishment' },
      ...{ slipId: mine.id, itemName: '薪级工资', amountFen: 15 * YUAN, instalmentFen: null },
      ...{ fact: `薪级晋升一级，自${mine.monthTo}起`, tax: 'taxable', drawsOn: null },
      documentId: await document(city, 32, '关于年度考核晋升薪级的通知', office.officer),
    },
    office.officer
  )
  await approveDifference({ id, version: 1 }, office.head)
}

/** The quarter's incentive part, when its results are decided. */
async function tellIncentive(city: City, office: Office, totals: TotalRow[]) {
  const { quarter, units } = city
  const unitId = units.get('融媒体中心')!
  const cycles = await cyclesForPay([unitId])
  const cycle = cycles.find(({ kind, period }) => kind === 'quarter' && period.from === quarter)
  if (!cycle) return
  clock.freeze(addDays(city.today, -3))
  const monthFrom = quarter.slice(0, 7)
  const monthTo = addMonths(quarter, 2).slice(0, 7)
  const quarterNo = Math.floor(Number(quarter.slice(5, 7)) / 3) + 1
  const documentId = await document(city, 33, '关于领导人员奖励性绩效的批复', office.officer)
  for (const [index, total] of totals.entries()) {
    const allotmentId = await allot(
      city,
      office,
      total,
      'incentive',
      monthFrom,
      monthTo,
      34 + index
    )
    const input: RunInput = {
      ...{ kind: 'incentive', unitId, employmentType: total.employmentType, monthFrom, monthTo },
      ...{ payMonth: clock.today().slice(0, 7), allotmentId, cycleId: cycle.id },
      title: `${quarter.slice(0, 4)}年第${quarterNo}季度${total.employmentType === 'contract' ? '编外' : '在编'}人员奖励性绩效`,
    }
    const runId = await createRun(input, office.officer)
    await compute(office, runId)
    const leaders = await slipList({ runId, state: 'missing' })
    for (const { personId, missing } of leaders) {
      if (!missing.includes('领导绩效核定')) continue
      await setLeaderAmount(
        { runId, personId, amountFen: 12_000 * YUAN, documentId },
        office.officer
      )
    }
    if (leaders.length) await compute(office, runId)
  }
}

/** Last month's pay is checked and waits for the head of finance. */
async function tellCurrentMonth(city: City, office: Office, total: TotalRow) {
  const month = addMonths(`${city.today.slice(0, 7)}-01`, -1).slice(0, 7)
  if (month <= addMonths(city.quarter, 2).slice(0, 7) || Number(month.slice(0, 4)) !== total.year)
    return
  await allot(city, office, total, 'basic', month, month, 37)
  const runId = await monthly(city, office, total.unitId, month)
  await checkRun(await at(runId), office.officer)
}

async function compute({ officer }: Office, runId: number) {
  await requestCompute(await at(runId), officer)
  const { computeNo } = await runById(runId)
  // the contract staff's run stops by name; that is how the city stands
  await computeRun({ runId, computeNo }).catch((error) => {
    if (!(error instanceof DomainError)) throw error
  })
}

async function release({ officer, head, cashier }: Office, runId: number) {
  await checkRun(await at(runId), officer)
  await approveRun(await at(runId), head)
  await releaseRun(await at(runId), cashier)
}

const at = async (runId: number) => ({ runId, version: (await runById(runId)).version })

async function actorOf(username: string): Promise<Actor> {
  const row = await db.from('users').where({ username }).firstOrFail()
  return buildActor(Number(row.id))
}

function document(city: City, number: number, title: string, actor: Actor) {
  return inTransaction((trx) =>
    recordDocument(trx, actor, {
      ...{ documentNo: city.no(number), title, issuer: '市媒体融合改革工作领导小组' },
      issuedOn: clock.today(),
    })
  )
}
