import {
  checkFormula,
  evaluate,
  Exact,
  FormulaError,
  formulaOf,
  numberOf,
} from '#shared/formulas/formula'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { allocate } from './allocation/allocate.js'
import { SCORE_NAMES, WEIGHT_NAMES } from './items.js'
import type { Inputs } from './slip.js'

const SHARED = { orderNo: 50, tax: 'taxable', drawsOn: 'incentive', differenceId: null } as const
/** The share of a person on the slip. */
export const INCENTIVE_LINE = { code: 'incentive', name: '奖励性绩效', ...SHARED }
/** The amount of a leader on the slip, set by the supervising body. */
export const LEADER_LINE = { code: 'leader', name: '领导奖励性绩效', ...SHARED }

/** How the incentive part is shared out; configured for each run. */
export interface DistributionSettings {
  scoreFormula: string
  weightFormula: string
  /** Exact decimal: what the weight of a front-line post is multiplied with. */
  frontLineTilt: string
  floorFen: number
  capFen: number | null
  /** Coefficients tried in the place of those on record, by `postKey`. */
  coefficients?: Record<string, string>
}

/** Posts of one nature and name share a coefficient. */
export const postKey = (nature: string | null, name: string | null) =>
  `${nature ?? ''}:${name ?? ''}`

export const DEFAULT_DISTRIBUTION: DistributionSettings = {
  scoreFormula: '最大(0.5 * 工作量分 + 0.5 * 质量分 + 加减分, 0)',
  weightFormula: '岗位系数 * 得分 / 100 * 出勤率 * 部门权重 * 一线倾斜',
  frontLineTilt: '1',
  floorFen: 0,
  capFen: null,
}

export interface DistributionPerson {
  personId: number
  departmentId: number | null
  inputs: Inputs
}

export interface DistributionShare {
  amountFen: number
  /** Exact decimals. */
  score: string
  weight: string
}

export interface Distribution {
  shares: Map<number, DistributionShare>
  /** What nobody may have any more: every share is at the cap. */
  reserveFen: number
  departments: Map<number | null, number>
  poolFen: number
}

/** Decimals of a weight that no decimal ends. */
const PLACES = 20
const refuse: Refuse = refusing('pay')

/** Refuses formulas that read what a person does not have, and a cap under the floor. */
export function checkDistribution(settings: DistributionSettings) {
  const types = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, 'number' as const]))
  checkOne(settings.scoreFormula, 'score_formula', types(SCORE_NAMES))
  checkOne(settings.weightFormula, 'weight_formula', types(WEIGHT_NAMES))
  const { floorFen, capFen } = settings
  if (floorFen < 0) refuse('floor', 'negative_floor')
  if (capFen !== null && capFen < floorFen) refuse('cap', 'cap_below_floor')
}

function checkOne(source: string, field: string, types: Record<string, 'number'>) {
  const problem = problemOf(source, types)
  if (!problem) return
  const { key: code, params } = problem
  throw new DomainError(code, params, [{ field, code, params }])
}

function problemOf(source: string, types: Record<string, 'number'>): FormulaError | null {
  try {
    return checkFormula(formulaOf(source), types)[0] ?? null
  } catch (error) {
    if (error instanceof FormulaError) return error
    throw error
  }
}

/**
 * Shares the pool out in one allocation over all people of the run. A department's pool is the sum
 * of its people's amounts; people + reserve = departments + reserve = pool, or nothing is given.
 */
export function distribute(
  poolFen: number,
  people: readonly DistributionPerson[],
  settings: DistributionSettings
): Distribution {
  const weighed = people.map((person) => ({ person, ...weightOf(person.inputs, settings) }))
  const { floorFen: min, capFen: max } = settings
  if (weighed.length && weighed.every(({ weight }) => Number(weight) === 0)) {
    throw new DomainError('pay.errors.no_weight')
  }
  if (min * weighed.length > poolFen) throw new DomainError('pay.errors.floor_above_pool')
  const { amounts, unallocated } = weighed.length
    ? allocate({
        total: poolFen,
        items: weighed.map(({ person, weight }) => ({
          id: idOf(person.personId),
          weight,
          min,
          max,
        })),
      })
    : { amounts: {} as Record<string, number>, unallocated: poolFen }
  const shares = new Map<number, DistributionShare>()
  const departments = new Map<number | null, number>()
  for (const { person, score, weight } of weighed) {
    const amountFen = amounts[idOf(person.personId)]
    shares.set(person.personId, { amountFen, score, weight })
    const sum = departments.get(person.departmentId) ?? 0
    departments.set(person.departmentId, sum + amountFen)
  }
  return { shares, departments, reserveFen: unallocated, poolFen }
}

export function weightOf(inputs: Inputs, settings: DistributionSettings) {
  const values = Object.fromEntries(
    Object.entries(inputs).map(([name, { value }]) => [name, Exact.from(value)])
  )
  const score = numberOf(evaluate(formulaOf(settings.scoreFormula), values).value)
  const weight = numberOf(
    evaluate(formulaOf(settings.weightFormula), { ...values, 得分: score }).value
  )
  if (weight.isNegative) throw new DomainError('pay.errors.negative_weight')
  return { score: score.toString(), weight: decimalOf(weight) }
}

function decimalOf(weight: Exact): string {
  const text = weight.toString()
  return text.includes('/') || text.length > 50 ? weight.toFixed(PLACES) : text
}

/** Ids compare as text: equal remainders go to the smaller number. */
const idOf = (personId: number) => String(personId).padStart(10, '0')
