import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { approveDifference, prepareDifference } from '#pay/actions/differences'
import { raiseSteps } from '#pay/actions/raise_steps'
import { confirmSlip, objectToSlip } from '#pay/actions/slips'
import type { PayClass } from '#pay/domain/runs'
import { slipList } from '#pay/queries/slips'
import { cyclesForPay } from '#performance/queries/results_for_pay'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays, addMonths } from '#shared/dates'
import { enterAccount, enterStaff } from './cast.js'
import type { City } from './city.js'
import { contractStaff, decisionDays } from './pay_contract.js'
import { fillPayDesks } from './pay_desk.js'
import {
  allotBasic,
  approveTotals,
  document,
  enterItems,
  enterMethod,
  importBook,
  isQuarterStart,
} from './pay_papers.js'
import {
  approveDifferences,
  compute,
  incentive,
  monthly,
  pay,
  prepareArrears,
  release,
  type Act,
  type Office,
} from './pay_runs.js'
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
    username: 'xinchou1',
    name: '许文静',
    role: 'pay_officer',
  })
  const office: Office = {
    officer: await enterOfficer(),
    head: await actorOf('caiwuhead'),
    cashier: await actorOf('caiwu1'),
  }
  clock.freeze(city.quarter)
  await importTables(city, office)
  await enterMethod(city, office)
  await enterItems(office, {
    employmentType: 'establishment',
    validFrom: `${reviewedYear(city)}-01-01`,
    documentId: await document(city, 50, '关于执行事业单位工资项目的通知', office.officer),
  })
  // what was paid is the tax of the year: the acts go in the order of their days
  const acts = [paidMonths, contractStaff, paidQuarters].flatMap((tell) => tell(city, office))
  for (const { on, act } of acts.sort((a, b) => (a.on < b.on ? -1 : 1))) {
    clock.freeze(on)
    await act()
  }
  const { today } = city
  const month = `${today.slice(0, 7)}-01`
  clock.freeze(addDays(today, -1) < month ? month : addDays(today, -1))
  await fillPayDesks(city, office)
}

async function importTables(city: City, { officer, head }: Office) {
  // bases hold from July to June: last year's hold for its bonus and for a step since January
  const basesFrom = `${reviewedYear(city)}-07-01`
  await importBook(city, officer, 'pay_tables', 'pay/2022-q2.xlsx', city.quarter)
  await importBook(city, officer, 'wage_base', 'pay/wage-base.xlsx', basesFrom)
  await approveTotals(head)
}

/** Every month from the quarter on was paid on its 25th; the staff answered to the last but one. */
function paidMonths(city: City, office: Office): Act[] {
  const unitId = city.units.get('融媒体中心')!
  const months: string[] = []
  for (let first = city.quarter; first.slice(0, 7) < city.today.slice(0, 7);) {
    months.push(first.slice(0, 7))
    first = addMonths(first, 1)
  }
  const raise = {
    on: addDays(city.quarter, 64),
    act: async () => {
      await raiseSteps('all', office.officer)
      await prepareArrears(office)
      await approveDifferences(office)
    },
  }
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
      personId: mine.personId,
      unitId: mine.unitId,
      employmentType: 'establishment',
      slipId: mine.id,
      itemName: '津贴补贴',
      amountFen: 120 * YUAN,
      instalmentFen: null,
      fact: `夜班津贴漏计，自${mine.monthTo}起`,
      documentId: await document(city, 52, '关于补发夜班津贴的通知', office.officer),
    },
    office.officer
  )
  await approveDifference({ id, version: 1 }, office.head)
}

/** The incentive parts of two quarters; the contract staff's waited for 编外人员待遇. */
function paidQuarters(city: City, office: Office): Act[] {
  const { quarter, today } = city
  const { paidOn } = decisionDays(city)
  const runs: number[] = []
  return [
    {
      on: addDays(quarter, 30),
      act: async () => {
        const before = addMonths(quarter, -3)
        runs.push(...(await bothIncentives(city, office, before, paidOn.slice(0, 7), 54)))
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
          56
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

async function actorOf(username: string): Promise<Actor> {
  const row = await db.from('users').where({ username }).firstOrFail()
  return buildActor(Number(row.id))
}
