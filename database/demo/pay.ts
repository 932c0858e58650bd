import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { decide } from '#decisions/actions/decide'
import { decisionById, findDecision } from '#decisions/queries/decisions'
import { resolutionToDecision } from '#governance/actions/carry_out_resolution'
import { runImport } from '#imports/actions/run_import'
import { approveDifference, prepareDifference } from '#pay/actions/differences'
import { addStandardItems, approveItem, tryItem } from '#pay/actions/items'
import { checkRun } from '#pay/actions/move_run'
import { prepareChanges } from '#pay/actions/prepare_changes'
import { raiseSteps } from '#pay/actions/raise_steps'
import { confirmSlip, objectToSlip } from '#pay/actions/slips'
import { proposeTotal } from '#pay/actions/totals'
import type { PayClass } from '#pay/domain/runs'
import { differencesOf } from '#pay/queries/differences'
import { itemById } from '#pay/queries/items'
import { slipList } from '#pay/queries/slips'
import { cyclesForPay } from '#performance/queries/results_for_pay'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays, addMonths } from '#shared/dates'
import { enterAccount, enterStaff } from './cast.js'
import type { City } from './city.js'
import {
  allotQuarter,
  approve,
  approveTotals,
  at,
  compute,
  document,
  incentive,
  monthly,
  newRun,
  pay,
  release,
  totalOf,
  type Office,
} from './pay_runs.js'
import { writeContractBases } from './pay_workbooks.js'
import { acceptOneMore } from './performance_closed.js'
import { reviewedYear } from './performance_desk.js'

const YUAN = 100
const CLASSES: readonly PayClass[] = ['establishment', 'contract']

/**
 * Pay at the centre: totals and standards imported, items tried and approved, months paid, the
 * incentive part of two quarters released to both classes. The contract staff's first run stopped by
 * name until the leading group decided. On the desks: a bonus to complete, a month to approve, a
 * correction to release, a run to mark as paid, an objection, differences.
 */
export async function tellPay(city: City): Promise<void> {
  const enterOfficer = await enterAccount({
    ...{ username: 'xinchou1', name: '许文静', role: 'pay_officer' },
  })
  const office: Office = {
    officer: await enterOfficer(),
    head: await actorOf('caiwuhead'),
    cashier: await actorOf('caiwu1'),
  }
  clock.freeze(city.quarter)
  await importTables(city, office)
  await enterItems(city, office)
  // what was paid is the tax of the year: the acts go in the order of their days
  const acts = [...paidMonths(city, office), ...paidQuarters(city, office)]
  for (const { on, act } of acts.sort((a, b) => (a.on < b.on ? -1 : 1))) {
    clock.freeze(on)
    await act()
  }
  const { today } = city
  const month = `${today.slice(0, 7)}-01`
  clock.freeze(addDays(today, -1) < month ? month : addDays(today, -1))
  await fillDesks(city, office)
}

interface Act {
  on: string
  act: () => Promise<unknown>
}

async function importTables(city: City, { officer, head }: Office) {
  // bases hold from July to June: last year's hold for its bonus and for a step since January
  const basesFrom = `${reviewedYear(city)}-07-01`
  await importBook(city, officer, 'pay_tables', 'pay/2022-q2.xlsx', city.quarter)
  await importBook(city, officer, 'wage_base', 'pay/wage-base.xlsx', basesFrom)
  await approveTotals(head)
}

async function importBook(
  city: City,
  actor: Actor,
  definition: string,
  name: string,
  asOf: string
) {
  await runImport({
    ...{ definition, path: join(city.folder, name), fileName: name.split('/').at(-1)!, asOf },
    ...{ actor, confirm: true as const },
  })
}

async function enterItems(city: City, { officer, head }: Office) {
  const documentId = await document(city, 30, '关于执行事业单位工资项目的通知', officer)
  const validFrom = `${reviewedYear(city)}-01-01`
  const ids = await addStandardItems(
    { employmentType: 'establishment', documentId, validFrom },
    officer
  )
  for (const id of ids) {
    await tryItem({ id, version: (await itemById(id)).version }, officer)
    await approveItem({ id, version: (await itemById(id)).version }, head)
  }
}

/** Every month from the quarter on was paid on its 25th; the staff answered to the last but one. */
function paidMonths(city: City, office: Office): Act[] {
  const unitId = city.units.get('融媒体中心')!
  const months: string[] = []
  for (let first = city.quarter; first.slice(0, 7) < city.today.slice(0, 7);) {
    months.push(first.slice(0, 7))
    first = addMonths(first, 1)
  }
  const raise = { on: addDays(city.quarter, 64), act: () => raiseSteps('all', office.officer) }
  const wages = months.map((month, index) => ({
    on: `${month}-25`,
    act: async () => {
      if (index === 0 || isQuarterStart(month)) await allotBasic(city, office, month)
      const runId = await monthly(office, unitId, month)
      await pay(office, runId)
      if (index === months.length - 2) await tellStaff(city, office, runId)
    },
  }))
  return [raise, ...wages]
}

const isQuarterStart = (month: string) => Number(month.slice(5)) % 3 === 1

function allotBasic(city: City, office: Office, month: string) {
  const input = { month, employmentType: 'establishment' as const, part: 'basic' as const }
  return allotQuarter(city, office, { ...input, number: 31 })
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
      ...{ slipId: mine.id, itemName: '津贴补贴', amountFen: 120 * YUAN, instalmentFen: null },
      ...{ fact: `夜班津贴漏计，自${mine.monthTo}起`, tax: 'taxable', drawsOn: null },
      documentId: await document(city, 32, '关于补发夜班津贴的通知', office.officer),
    },
    office.officer
  )
  await approveDifference({ id, version: 1 }, office.head)
}

/** The incentive parts of two quarters; the contract staff's waited for 编外人员待遇. */
function paidQuarters(city: City, office: Office): Act[] {
  const { quarter, today } = city
  const decidedOn = addDays(addMonths(today, -2), 6)
  const paidOn = addDays(decidedOn, 4)
  const runs: number[] = []
  return [
    {
      on: addDays(quarter, 30),
      act: async () => {
        const before = addMonths(quarter, -3)
        runs.push(...(await bothIncentives(city, office, before, paidOn.slice(0, 7), 34)))
      },
    },
    { on: decidedOn, act: () => decideContractPay(city) },
    {
      on: addDays(decidedOn, 2),
      act: async () => {
        const file = '编外人员工资基础.xlsx'
        await writeContractBases(city.folder, file)
        await importBook(city, office.officer, 'wage_base', file, clock.today())
        await raiseContractTotal(city, office)
      },
    },
    {
      on: paidOn,
      act: async () => {
        for (const runId of runs) {
          await compute(office, runId)
          await pay(office, runId)
        }
      },
    },
    {
      on: addDays(today, -3) > addMonths(quarter, 3) ? addDays(today, -3) : addMonths(quarter, 3),
      act: async () => {
        const [own, contract] = await bothIncentives(
          city,
          office,
          quarter,
          clock.today().slice(0, 7),
          36
        )
        await pay(office, own)
        await release(office, contract)
      },
    },
  ]
}

/** One run a class by the decided review of the quarter. */
async function bothIncentives(
  city: City,
  office: Office,
  quarter: string,
  payMonth: string,
  number: number
): Promise<number[]> {
  const cycles = await cyclesForPay([city.units.get('融媒体中心')!])
  const cycle = cycles.find(({ kind, period }) => kind === 'quarter' && period.from === quarter)!
  const runs = []
  for (const [index, employmentType] of CLASSES.entries()) {
    const input = { quarter, employmentType, cycleId: cycle.id, payMonth, number: number + index }
    runs.push(await incentive(city, office, input))
  }
  return runs
}

/** The resolution of the leading group becomes the decision, with its minutes as the document. */
async function decideContractPay({ cast }: City) {
  const { id, version } = (await findDecision('contract_staff_pay'))!
  const resolution = await db.from('resolutions').where('decision_id', id).firstOrFail()
  const fields = {
    text: '同岗同酬：编外人员参照在编人员绩效工资办法执行，奖励性绩效按同一办法考核分配。',
  }
  await resolutionToDecision(
    { resolutionId: Number(resolution.id), version, fields },
    await cast.lgoffice()
  )
  const leader = await cast.leader()
  const grant = leader.authorize('decisions.decide')
  await decide({ decisionId: id, version: (await decisionById(id)).version, grant }, leader)
}

/** The decision asks for more: a new version of the contract staff's total, half as much again. */
async function raiseContractTotal(city: City, office: Office) {
  const total = await totalOf(city, office, Number(city.quarter.slice(0, 4)), 'contract')
  await proposeTotal(
    {
      ...{ unitId: total.unitId, year: total.year, employmentType: 'contract', headcount: null },
      ...{ basicFen: total.basicFen, incentiveFen: Math.floor(total.incentiveFen * 1.5) },
      documentId: await document(city, 39, '关于调整编外人员绩效工资总量的批复', office.officer),
      reason: '落实编外人员同岗同酬的决定',
    },
    office.officer
  )
  await approveTotals(office.head)
}

/** What waits today, on the desk of each. */
async function fillDesks(city: City, office: Office) {
  const { today, units } = city
  const unitId = units.get('融媒体中心')!
  const month = today.slice(0, 7)
  if (isQuarterStart(month)) await allotBasic(city, office, month)
  const wages = await monthly(office, unitId, month)
  await checkRun(await at(wages), office.officer)

  // A step that was accepted late: what the months before owe, one approved and on its way.
  await acceptOneMore(city)
  await raiseSteps('all', office.officer)
  const paid = await db
    .from('pay_runs')
    .where({ kind: 'monthly', state: 'paid' })
    .orderBy('month_to', 'desc')
    .limit(2)
    .select('id')
  for (const row of paid) {
    await prepareChanges({ ...(await at(Number(row.id))), absent: '已不在岗' }, office.officer)
  }
  const [due] = await differencesOf({ state: 'submitted', units: 'all' })
  await approveDifference({ id: due.id, version: due.version }, office.head)
  const correction = await newRun(office, {
    ...{ kind: 'correction', unitId, employmentType: 'establishment', payMonth: month },
    ...{ monthFrom: month, monthTo: month, allotmentId: null, cycleId: null },
    title: `${month.slice(0, 4)}年${Number(month.slice(5))}月补发`,
  })
  await approve(office, correction)
  await lastYearsBonus(city, office, unitId)
}

/** 年终一次性奖金 by last year's ratings: computed, with people still to complete. */
async function lastYearsBonus(city: City, office: Office, unitId: number) {
  const year = reviewedYear(city)
  const cycles = await cyclesForPay([unitId])
  await newRun(office, {
    ...{ kind: 'year_end', unitId, employmentType: 'establishment', allotmentId: null },
    ...{ monthFrom: `${year}-01`, monthTo: `${year}-12`, payMonth: city.today.slice(0, 7) },
    cycleId: cycles.find(({ kind }) => kind === 'year')!.id,
    title: `${year}年年终一次性奖金`,
  })
}

async function actorOf(username: string): Promise<Actor> {
  const row = await db.from('users').where({ username }).firstOrFail()
  return buildActor(Number(row.id))
}
