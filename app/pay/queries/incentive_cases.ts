import type { Client } from '#decisions/queries/client'
import { resultsForPay, type ResultForPay } from '#performance/queries/results_for_pay'
import { toInt } from '#shared/database'
import { DomainError } from '#shared/errors'
import { Exact } from '#shared/formulas/formula'
import {
  DEFAULT_DISTRIBUTION,
  distribute,
  INCENTIVE_LINE,
  LEADER_LINE,
  postKey,
  weightOf,
  type Distribution,
  type DistributionSettings,
} from '../domain/distribution.js'
import type { Inputs } from '../domain/slip.js'
import { RELEASED, type RunState } from '../domain/runs.js'
import type { ComputeContext } from './compute_context.js'
import { keptBefore, keptShares } from './kept_shares.js'
import { paidAlready } from './paid_already.js'
import { lastDayOf } from './run_people.js'
import { madeCases, paidElsewhere, type RunCase, type RunCases } from './run_cases.js'
import { allotmentById } from './allotments.js'
import { wageBasesOn, type WageBaseRow } from './wage_bases.js'

/** States in which a run has taken its sum from the allotment. */
const TAKEN: readonly RunState[] = ['approved', ...RELEASED]

/**
 * The people of a review cycle with their shares of what is left of the allotment when the leaders'
 * amounts are taken off, and what is kept back for those who are set aside. A further run of the
 * period gives what was kept back for its people.
 */
export async function incentiveCases(context: ComputeContext, client: Client): Promise<RunCases> {
  const { run } = context
  if (!run.cycleId) throw new DomainError('pay.errors.no_cycle')
  if (!run.allotmentId) throw new DomainError('pay.errors.no_allotment')
  const { cycle, decided, results } = await resultsForPay(run.cycleId, client)
  if (!decided) throw new DomainError('pay.errors.cycle_open', { cycle: cycle.title })
  const { done, elsewhere } = await paidAlready(context, client)
  const mine = results.filter(
    ({ employmentType, personId }) => employmentType === run.employmentType && !done.has(personId)
  )
  if (mine.length === 0) throw new DomainError('pay.errors.no_results', { cycle: cycle.title })
  // accounts and leader posts as they stand when it is paid
  const bases = await wageBasesOn(
    mine.map(({ personId }) => personId),
    lastDayOf(run.payMonth),
    client
  )
  const weights = await departmentWeights(client)
  const amounts = await leaderAmounts(run.id, client)
  const settings = run.settings.distribution ?? DEFAULT_DISTRIBUTION
  const cases = mine.map((result) =>
    scoredCase(result, bases.get(result.personId), weights, settings)
  )
  for (const one of cases) {
    const number = elsewhere.get(one.personId)
    if (number) one.missing = [paidElsewhere(number)]
  }
  const leaders = cases.filter(
    ({ personId }, index) => isLeader(mine[index], bases) && !elsewhere.has(personId)
  )
  const leadersFen = addLeaders(leaders, amounts)
  const others = cases.filter((one) => !leaders.includes(one))
  const keptFen = setAside(cases, await keptShares(run.id, client))
  const allotment = await allotmentById(run.allotmentId, client)
  // what an approved run has taken is its own
  const ownFen = TAKEN.includes(run.state) ? run.drawnFen : 0
  const room = allotment.amountFen - allotment.usedFen + ownFen
  const own = new Set(mine.map(({ personId }) => personId))
  const wholeFen = run.settings.poolFen ?? (await keptBefore(run, own, client)) ?? room
  if (wholeFen > room) throw new DomainError('pay.errors.pool_above_allotment')
  if (leadersFen + keptFen > wholeFen) throw new DomainError('pay.errors.leaders_above_pool')
  const sharing = others.filter(({ missing }) => missing.length === 0)
  const distribution = distribute(wholeFen - leadersFen - keptFen, sharing, settings)
  addShares(sharing, distribution, settings)
  return { ...madeCases(cases), distribution, leadersFen, keptFen, wholeFen }
}

function scoredCase(
  result: ResultForPay,
  base: WageBaseRow | undefined,
  weights: Map<number, string>,
  settings: DistributionSettings
): RunCase {
  const inputs: Inputs = {}
  const source = `result|${result.cardId}|${result.resultVersion}`
  const put = (name: string, value: string | null | undefined, from = source) => {
    if (value !== null && value !== undefined) inputs[name] = { value, source: from }
  }
  put('工作量分', result.quantity)
  put('质量分', result.quality)
  put('加减分', result.adjustment)
  put('出勤率', result.attendance)
  const tried = settings.coefficients?.[postKey(result.nature, result.postName)]
  put('岗位系数', tried ?? result.coefficient, `coefficient|${result.postName ?? ''}|`)
  const weight = result.departmentId === null ? undefined : weights.get(result.departmentId)
  put('部门权重', weight ?? '1', `department|${result.departmentName ?? ''}|`)
  put('一线倾斜', result.frontLine ? settings.frontLineTilt : '1', 'settings')
  return {
    personId: result.personId,
    name: result.personName,
    departmentId: result.departmentId,
    departmentName: result.departmentName,
    postName: result.postName,
    nature: result.nature,
    grade: null,
    inputs,
    fixed: [],
    base,
    missing: absentIn(inputs, settings),
  }
}

/** Names that the formulas of a distribution read and the person does not have. */
function absentIn(inputs: Inputs, settings: DistributionSettings): string[] {
  const wanted = ['工作量分', '质量分', '加减分', '岗位系数', '出勤率', '部门权重']
  const absent = wanted.filter(
    (name) =>
      !inputs[name] &&
      (settings.scoreFormula.includes(name) || settings.weightFormula.includes(name))
  )
  if (absent.length === 0) weightOf(inputs, settings)
  return absent
}

function isLeader(result: ResultForPay, bases: Map<number, WageBaseRow>): boolean {
  return result.leader || Boolean(bases.get(result.personId)?.leader)
}

function addLeaders(leaders: RunCase[], amounts: Map<number, { fen: number; documentNo: string }>) {
  let sum = 0
  for (const leader of leaders) {
    const amount = amounts.get(leader.personId)
    leader.missing = amount ? [] : ['领导绩效核定']
    if (!amount) continue
    sum += amount.fen
    leader.fixed.push({
      ...LEADER_LINE,
      amountFen: amount.fen,
      trace: { documentNo: amount.documentNo },
    })
  }
  return sum
}

/** Who lacks something and was set aside stays so when the run is computed again. */
function setAside(cases: RunCase[], kept: Awaited<ReturnType<typeof keptShares>>): number {
  let sum = 0
  for (const one of cases) {
    const share = one.missing.length > 0 ? kept.get(one.personId) : undefined
    if (!share) continue
    one.aside = share.reason
    sum += share.fen
  }
  return sum
}

function addShares(cases: RunCase[], distribution: Distribution, settings: DistributionSettings) {
  const { shares, poolFen } = distribution
  const weights = [...shares.values()].map(({ weight }) => Exact.from(weight))
  const sum = Exact.sum(weights).toString()
  for (const one of cases) {
    const { amountFen, score, weight } = shares.get(one.personId)!
    const used = Object.fromEntries(
      Object.entries(one.inputs).map(([name, { value }]) => [name, value])
    )
    one.fixed.push({
      ...INCENTIVE_LINE,
      amountFen,
      trace: {
        used,
        score,
        weight,
        poolFen,
        sumOfWeights: sum,
        people: shares.size,
        scoreFormula: settings.scoreFormula,
        weightFormula: settings.weightFormula,
        floorFen: settings.floorFen,
        capFen: settings.capFen,
      },
    })
  }
}

async function leaderAmounts(runId: number, client: Client) {
  const rows = await client
    .from('pay_leader_amounts as l')
    .join('documents as doc', 'doc.id', 'l.document_id')
    .where('l.run_id', runId)
    .select('l.person_id', 'l.amount_fen', 'doc.document_no')
  return new Map(
    rows.map((row) => [
      Number(row.person_id),
      { fen: toInt(row.amount_fen), documentNo: row.document_no as string },
    ])
  )
}

async function departmentWeights(client: Client): Promise<Map<number, string>> {
  const rows = await client.from('departments').whereNotNull('weight').select('id', 'weight')
  return new Map(rows.map((row) => [Number(row.id), row.weight as string]))
}
