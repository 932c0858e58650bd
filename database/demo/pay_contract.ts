import db from '@adonisjs/lucid/services/db'
import { decide } from '#decisions/actions/decide'
import { decisionById, findDecision } from '#decisions/queries/decisions'
import { resolutionToDecision } from '#governance/actions/carry_out_resolution'
import { proposeTotal } from '#pay/actions/totals'
import { contractList } from '#selection/queries/contracts'
import { addDays, addMonths } from '#shared/dates'
import type { City } from './city.js'
import {
  allotQuarter,
  approveTotals,
  document,
  enterItems,
  importBook,
  isQuarterStart,
  totalOf,
} from './pay_papers.js'
import {
  compute,
  newRun,
  pay,
  setMissingAside,
  wordsOf,
  type Act,
  type Office,
} from './pay_runs.js'
import { writeContractBases } from './pay_workbooks.js'

const YUAN = 100
const CLASS = { employmentType: 'contract' } as const
/** What the newspaper still pays its own contract staff of, until they are placed. */
const OF_NEWSPAPER = { headcount: 33, basicFen: 726_000 * YUAN, incentiveFen: 0 }
const BY_AGENCY = '劳务派遣人员，工资由派遣单位发放'
const NEWLY_HIRED = '新聘人员，工资关系材料未齐'

/** 编外人员待遇 is decided, and what waited for it is paid. */
export function decisionDays({ today }: City) {
  const decidedOn = addDays(addMonths(today, -2), 6)
  return { decidedOn, paidOn: addDays(decidedOn, 4) }
}

/**
 * The contract staff: their decision, their total, and the wages of those whom the newspaper still
 * employs. The first month stopped by the name of the decision; each later one is paid, as it was
 * before the reform, on the 10th of the month after.
 */
export function contractStaff(city: City, office: Office): Act[] {
  const { decidedOn, paidOn } = decisionDays(city)
  const first = addMonths(decidedOn, -1).slice(0, 7)
  let waiting: number
  const later: Act[] = []
  for (let day = addDays(addMonths(`${first}-01`, 2), 9); day < city.today;) {
    const on = day
    const month = addMonths(on, -1).slice(0, 7)
    later.push({
      on,
      act: async () => {
        if (isQuarterStart(month)) await allot(city, office, month)
        await payWages(city, office, await wages(city, office, month, on))
      },
    })
    day = addMonths(day, 1)
  }
  return [
    {
      on: addDays(decidedOn, -3),
      act: async () => {
        await newspaperTotal(city, office, Number(first.slice(0, 4)))
        await allot(city, office, first)
        waiting = await wages(city, office, first, paidOn)
      },
    },
    { on: decidedOn, act: () => decideContractPay(city) },
    {
      on: addDays(decidedOn, 2),
      act: async () => {
        const file = '编外人员工资基础.xlsx'
        await writeContractBases(city.folder, file)
        await importBook(city, office.officer, 'wage_base', file, `${first}-01`)
        await enterItems(office, {
          ...CLASS,
          validFrom: `${first}-01`,
          documentId: await document(city, 57, '关于编外人员工资项目的通知', office.officer),
        })
        await raiseTotal(city, office)
      },
    },
    {
      on: paidOn,
      act: async () => {
        await compute(office, waiting)
        await payWages(city, office, waiting)
      },
    },
    ...later,
  ]
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
async function raiseTotal(city: City, office: Office) {
  const unitId = city.units.get('融媒体中心')!
  const year = Number(city.quarter.slice(0, 4))
  const total = await totalOf(city, office, { unitId, year, ...CLASS })
  await proposeTotal(
    {
      unitId,
      year,
      ...CLASS,
      headcount: null,
      basicFen: total.basicFen,
      incentiveFen: Math.floor(total.incentiveFen * 1.5),
      documentId: await document(city, 59, '关于调整编外人员绩效工资总量的批复', office.officer),
      reason: '落实编外人员同岗同酬的决定',
    },
    office.officer
  )
  await approveTotals(office.head)
}

async function newspaperTotal(city: City, office: Office, year: number) {
  await proposeTotal(
    {
      unitId: city.units.get('报社')!,
      year,
      ...CLASS,
      ...OF_NEWSPAPER,
      documentId: await document(
        city,
        58,
        '关于核定报社编外人员绩效工资总量的批复',
        office.officer
      ),
      reason: '双向选择完成前，编外人员基本工资和基础性绩效仍由原单位发放',
    },
    office.officer
  )
  await approveTotals(office.head)
}

/** A quarter of the newspaper's total. */
function allot(city: City, office: Office, month: string) {
  const unitId = city.units.get('报社')!
  return allotQuarter(city, office, { unitId, month, ...CLASS, part: 'basic', number: 60 })
}

/** A month of the newspaper's contract staff. */
function wages(city: City, office: Office, month: string, paidOn: string): Promise<number> {
  return newRun(office, {
    kind: 'monthly',
    unitId: city.units.get('报社')!,
    ...CLASS,
    monthFrom: month,
    monthTo: month,
    payMonth: paidOn.slice(0, 7),
    allotmentId: null,
    cycleId: null,
    title: `${wordsOf(month)}报社编外人员工资`,
  })
}

async function payWages(city: City, office: Office, runId: number) {
  const units = [city.units.get('报社')!]
  const agency = await contractList({ units, form: 'agency', text: null })
  const byAgency = new Set(agency.map(({ personId }) => personId))
  await setMissingAside(office, runId, (personId) =>
    byAgency.has(personId) ? BY_AGENCY : NEWLY_HIRED
  )
  await pay(office, runId)
}
