import db from '@adonisjs/lucid/services/db'
import { approveDifference } from '#pay/actions/differences'
import { computeRun, requestCompute } from '#pay/actions/compute_run'
import { createRun, type RunInput } from '#pay/actions/create_run'
import { approveRun, checkRun, payRun } from '#pay/actions/move_run'
import { prepareChanges } from '#pay/actions/prepare_changes'
import { releaseRun } from '#pay/actions/release_run'
import { setAside, setLeaderAmount } from '#pay/actions/slips'
import type { PayClass } from '#pay/domain/runs'
import { differencesOf } from '#pay/queries/differences'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import type { Actor } from '#shared/actor'
import { addMonths } from '#shared/dates'
import { DomainError } from '#shared/errors'
import type { City } from './city.js'
import { allotQuarter, document } from './pay_papers.js'

/** Who prepares, approves and releases. */
export interface Office {
  officer: Actor
  head: Actor
  cashier: Actor
}

const YUAN = 100
const OF_LEADERS = 12_000 * YUAN

/** What happens on a day of the story. */
export interface Act {
  on: string
  act: () => Promise<unknown>
}

export const at = async (runId: number) => ({ runId, version: (await runById(runId)).version })

/** Wages of the establishment staff that were paid, newest month first. */
export async function paidWages(): Promise<{ id: number; month: string }[]> {
  const rows = await db
    .from('pay_runs')
    .where({ kind: 'monthly', state: 'paid', employment_type: 'establishment' })
    .orderBy('month_to', 'desc')
    .select('id', 'month_to')
  return rows.map((row) => ({ id: Number(row.id), month: row.month_to }))
}

/** What the records of today would pay otherwise in months that were paid, asked of the head. */
export async function prepareArrears({ officer }: Office) {
  for (const { id } of await paidWages()) {
    await prepareChanges({ ...(await at(id)), absent: '已不在岗' }, officer)
  }
}

export async function approveDifferences({ head }: Office) {
  for (const { id, version } of await differencesOf({ state: 'submitted', units: 'all' })) {
    await approveDifference({ id, version }, head)
  }
}

/** The wages of a month of the establishment staff, computed; who lacks something is set aside. */
export async function monthly(office: Office, unitId: number, month: string): Promise<number> {
  const runId = await newRun(office, {
    kind: 'monthly',
    unitId,
    employmentType: 'establishment',
    payMonth: month,
    monthFrom: month,
    monthTo: month,
    allotmentId: null,
    cycleId: null,
    title: `${wordsOf(month)}在编人员工资`,
  })
  await setMissingAside(office, runId, () => '工资关系材料未齐，补齐后另行发放')
  return runId
}

export const wordsOf = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5))}月`

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
  const unitId = city.units.get('融媒体中心')!
  const { allotmentId } = await allotQuarter(city, office, {
    unitId,
    month,
    employmentType,
    part: 'incentive',
    number,
  })
  const name = `第${Math.floor(Number(quarter.slice(5, 7)) / 3) + 1}季度`
  const runId = await newRun(office, {
    kind: 'incentive',
    unitId,
    employmentType,
    monthFrom: month,
    monthTo: addMonths(quarter, 2).slice(0, 7),
    payMonth,
    allotmentId,
    cycleId,
    title: `${quarter.slice(0, 4)}年${name}${employmentType === 'contract' ? '编外' : '在编'}人员奖励性绩效`,
  })
  const documentId = await document(city, 53, '关于领导人员奖励性绩效的批复', office.officer)
  const missing = await slipList({ runId, state: 'missing' })
  const leaders = missing.filter((slip) => slip.missing.includes('领导绩效核定'))
  for (const { personId } of leaders) {
    await setLeaderAmount({ runId, personId, amountFen: OF_LEADERS, documentId }, office.officer)
  }
  if (leaders.length) await compute(office, runId)
  await setMissingAside(office, runId, () => '到岗不久，没有本季度考核数据')
  return runId
}

/** Who lacks something is paid later, each by a reason. */
export async function setMissingAside(
  { officer }: Office,
  runId: number,
  reasonOf: (personId: number) => string
) {
  for (const { id: slipId, version, personId } of await slipList({ runId, state: 'missing' })) {
    await setAside({ slipId, version, reason: reasonOf(personId), keptFen: 0 }, officer)
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
