import { recordDocument } from '#decisions/actions/record_document'
import { computeRun, requestCompute } from '#pay/actions/compute_run'
import { createRun, type RunInput } from '#pay/actions/create_run'
import { approveRun, checkRun, payRun } from '#pay/actions/move_run'
import { releaseRun } from '#pay/actions/release_run'
import { setAside, setLeaderAmount } from '#pay/actions/slips'
import { approveTotal, prepareAllotment, proposeTotal, releaseAllotment } from '#pay/actions/totals'
import type { PayClass, TotalPart } from '#pay/domain/runs'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { totalsOf, totalVersions, type TotalRow } from '#pay/queries/totals'
import { periodOf } from '#performance/domain/periods'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { inTransaction } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { City } from './city.js'

/** Who prepares, approves and releases. */
export interface Office {
  officer: Actor
  head: Actor
  cashier: Actor
}

const YUAN = 100
const OF_LEADERS = 12_000 * YUAN

export const at = async (runId: number) => ({ runId, version: (await runById(runId)).version })

/** The total of a class in a year; a year that the sample has no figures for has the same. */
export async function totalOf(
  city: City,
  { officer, head }: Office,
  year: number,
  employmentType: PayClass
): Promise<TotalRow> {
  const ofClass = async () =>
    (await totalsOf('all')).filter((total) => total.employmentType === employmentType)
  const known = await ofClass()
  const found = known.find((total) => total.year === year)
  if (found) return found
  const [{ unitId, basicFen, incentiveFen }] = known
  const documentId = await document(
    city,
    40 + (year % 10),
    `关于核定${year}年度绩效工资总量的批复`,
    officer
  )
  const figures = { basicFen, incentiveFen, headcount: null, reason: null, documentId }
  await proposeTotal({ ...figures, unitId, year, employmentType }, officer)
  await approveTotals(head)
  return (await ofClass()).find((total) => total.year === year)!
}

export async function approveTotals(head: Actor) {
  for (const { id, version } of await totalVersions({ state: 'submitted' })) {
    await approveTotal({ id, version }, head)
  }
}

/** A quarter of a part of the year's total, asked for and released. */
export async function allotQuarter(
  city: City,
  office: Office,
  input: { month: string; employmentType: PayClass; part: TotalPart; number: number }
): Promise<{ total: TotalRow; allotmentId: number }> {
  const { from, to } = periodOf('quarter', `${input.month}-01`)
  const total = await totalOf(city, office, Number(from.slice(0, 4)), input.employmentType)
  const whole = input.part === 'basic' ? total.basicFen : total.incentiveFen
  const title = '关于下达绩效工资额度的通知'
  const allotmentId = await prepareAllotment(
    {
      ...{ totalId: total.id, part: input.part, amountFen: Math.floor(whole / 4) },
      ...{ monthFrom: from.slice(0, 7), monthTo: addMonths(to, -1).slice(0, 7) },
      documentId: await document(city, input.number, title, office.officer),
    },
    office.officer
  )
  await releaseAllotment({ id: allotmentId, version: 1 }, office.head)
  return { total, allotmentId }
}

/** The wages of a month of the establishment staff, computed; who lacks something is set aside. */
export async function monthly(office: Office, unitId: number, month: string): Promise<number> {
  const runId = await newRun(office, {
    ...{ kind: 'monthly', unitId, employmentType: 'establishment', payMonth: month },
    ...{ monthFrom: month, monthTo: month, allotmentId: null, cycleId: null },
    title: `${month.slice(0, 4)}年${Number(month.slice(5))}月在编人员工资`,
  })
  await setMissingAside(office, runId, '工资关系材料未齐，补齐后另行发放')
  return runId
}

/** The incentive part of a quarter by its review, with the leaders' amounts of the supervising body. */
export async function incentive(
  city: City,
  office: Office,
  input: {
    quarter: string
    employmentType: PayClass
    cycleId: number
    payMonth: string
    number: number
  }
): Promise<number> {
  const { quarter, employmentType, cycleId, payMonth, number } = input
  const month = quarter.slice(0, 7)
  const { total, allotmentId } = await allotQuarter(city, office, {
    ...{ month, employmentType, part: 'incentive', number },
  })
  const name = `第${Math.floor(Number(quarter.slice(5, 7)) / 3) + 1}季度`
  const runId = await newRun(office, {
    ...{ kind: 'incentive', unitId: total.unitId, employmentType, monthFrom: month },
    ...{ monthTo: addMonths(quarter, 2).slice(0, 7), payMonth, allotmentId, cycleId },
    title: `${quarter.slice(0, 4)}年${name}${employmentType === 'contract' ? '编外' : '在编'}人员奖励性绩效`,
  })
  const documentId = await document(city, 33, '关于领导人员奖励性绩效的批复', office.officer)
  const missing = await slipList({ runId, state: 'missing' })
  const leaders = missing.filter((slip) => slip.missing.includes('领导绩效核定'))
  for (const { personId } of leaders) {
    await setLeaderAmount({ runId, personId, amountFen: OF_LEADERS, documentId }, office.officer)
  }
  if (leaders.length) await compute(office, runId)
  await setMissingAside(office, runId, '到岗不久，没有本季度考核数据')
  return runId
}

async function setMissingAside({ officer }: Office, runId: number, reason: string) {
  for (const { id: slipId, version } of await slipList({ runId, state: 'missing' })) {
    await setAside({ slipId, version, reason }, officer)
  }
}

export async function newRun(office: Office, input: RunInput): Promise<number> {
  const runId = await createRun(input, office.officer)
  await compute(office, runId)
  return runId
}

/** Computes; a run that stops by the name of what is missing stays as it is. */
export async function compute({ officer }: Office, runId: number) {
  await requestCompute(await at(runId), officer)
  const { computeNo } = await runById(runId)
  await computeRun({ runId, computeNo }).catch((error) => {
    if (!(error instanceof DomainError)) throw error
  })
}

export async function approve({ officer, head }: Office, runId: number) {
  await checkRun(await at(runId), officer)
  await approveRun(await at(runId), head)
}

export async function release(office: Office, runId: number) {
  await approve(office, runId)
  await releaseRun(await at(runId), office.cashier)
}

export async function pay(office: Office, runId: number) {
  await release(office, runId)
  await payRun(await at(runId), office.cashier)
}

export function document(city: City, number: number, title: string, actor: Actor) {
  return inTransaction((trx) =>
    recordDocument(trx, actor, {
      ...{ documentNo: city.no(number), title, issuer: '市媒体融合改革工作领导小组' },
      issuedOn: clock.today(),
    })
  )
}
