import {
  checkFormula,
  evaluate,
  Exact,
  FormulaError,
  formulaOf,
  numberOf,
  withValues,
  type Types,
} from '#shared/formulas/formula'
import { WEIGHTED, WHOLE, type IndicatorKind } from './codes.js'

/** Names that the formula of an indicator may use. */
export const INDICATOR_TYPES: Types = { 数值: 'number' }
/** Names that the formula of a scheme may use. */
export const SCHEME_TYPES: Types = {
  加权得分: 'number',
  工作量分: 'number',
  质量分: 'number',
  加减分: 'number',
  出勤率: 'number',
  倾斜: 'number',
  否决: 'boolean',
}
export const DEFAULT_FORMULA = 'max(加权得分 + 加减分, 0) * 倾斜'
/** What a score is rounded to. */
const PLACES = 4

export interface ScoreItem {
  indicatorId: number
  name: string
  kind: IndicatorKind
  /** Hundredths of a per cent. */
  weight: number
  /** Null: the value counts as it is. */
  formula: string | null
}

export interface ItemTrace {
  indicatorId: number
  name: string
  kind: IndicatorKind
  weight: number
  value: string
  points: string
  /** The formula with the value put in; null where the value counts as it is. */
  shown: string | null
}

/** How a score came about: the page opens it, anybody can compute it again. */
export interface ScoreTrace {
  items: ItemTrace[]
  formula: string
  used: Record<string, string>
  shown: string
}

/** A figure of a card that a correction changed. */
export interface FigureChange {
  name: string
  before: string | null
  after: string
}

export type CardScore =
  | { ok: false; missing: string[] }
  | {
      ok: true
      quantity: string | null
      quality: string | null
      adjustment: string
      attendance: string
      vetoed: boolean
      score: string
      trace: ScoreTrace
    }

/**
 * The score of a card: each indicator's points (its formula over the value), the weighted mean by
 * weights that add to 100, bonus and penalty on top, then the formula of the scheme.
 * Names what is missing instead of guessing it; attendance is full where nothing says otherwise.
 */
export function scoreOf(
  items: readonly ScoreItem[],
  values: ReadonlyMap<number, string>,
  scheme: { formula: string; tilt: string }
): CardScore {
  const missing = items
    .filter(({ kind, indicatorId }) => WEIGHTED.includes(kind) && !values.has(indicatorId))
    .map(({ name }) => name)
  if (missing.length) return { ok: false, missing }
  const traces = items
    .filter(({ indicatorId }) => values.has(indicatorId))
    .map((item) => traceOf(item, values.get(item.indicatorId)!))
  const quantity = meanOf(traces, ['quantity'])
  const quality = meanOf(traces, ['quality'])
  const adjustment = Exact.sum(pointsOf(traces, 'adjustment'))
  const attendance = pointsOf(traces, 'attendance')[0] ?? Exact.ONE
  const vetoed = pointsOf(traces, 'veto').some((points) => !points.isZero)
  const formula = formulaOf(scheme.formula)
  const { value, used } = evaluate(formula, {
    加权得分: meanOf(traces, WEIGHTED),
    工作量分: quantity,
    质量分: quality,
    加减分: adjustment,
    出勤率: attendance,
    倾斜: Exact.from(scheme.tilt),
    否决: vetoed,
  })
  return {
    ok: true,
    quantity: textOf(quantity),
    quality: textOf(quality),
    adjustment: adjustment.toString(),
    attendance: attendance.toString(),
    vetoed,
    score: numberOf(value).round(PLACES).toString(),
    trace: { items: traces, formula: scheme.formula, used, shown: withValues(formula, used) },
  }
}

/** Whose score stands on a veto (一票否决) that is not zero: the person can't be 优秀, whatever the score. */
export function isVetoed(trace: ScoreTrace | null): boolean {
  const items = trace?.items ?? []
  return items.some(({ kind, points }) => kind === 'veto' && !Exact.from(points).isZero)
}

/** What is wrong with a formula, as errors of its field; an empty list when it may be saved. */
export function formulaProblems(source: string, types: Types): FormulaError[] {
  try {
    return checkFormula(formulaOf(source), types)
  } catch (error) {
    if (error instanceof FormulaError) return [error]
    throw error
  }
}

function traceOf(item: ScoreItem, value: string): ItemTrace {
  const { indicatorId, name, kind, weight } = item
  const base = { indicatorId, name, kind, weight, value }
  if (item.formula === null) return { ...base, points: value, shown: null }
  const formula = formulaOf(item.formula)
  const result = evaluate(formula, { 数值: Exact.from(value) })
  return {
    ...base,
    points: numberOf(result.value).round(PLACES).toString(),
    shown: withValues(formula, result.used),
  }
}

function pointsOf(traces: readonly ItemTrace[], kind: IndicatorKind): Exact[] {
  return traces.filter((trace) => trace.kind === kind).map(({ points }) => Exact.from(points))
}

/** Weighted mean over the kinds; null where the scheme has none of them. */
function meanOf(traces: readonly ItemTrace[], kinds: readonly IndicatorKind[]): Exact | null {
  const found = traces.filter(({ kind, weight }) => kinds.includes(kind) && weight > 0)
  const weights = found.reduce((sum, { weight }) => sum + weight, 0)
  if (weights === 0) return null
  const total = Exact.sum(
    found.map(({ points, weight }) => Exact.from(points).times(Exact.from(weight)))
  )
  return total.dividedBy(Exact.from(weights))
}

function textOf(value: Exact | null): string | null {
  return value === null ? null : value.round(PLACES).toString()
}

/** Weights of the weighted kinds add up to 100 per cent, the others have none. */
export function weightsAddUp(items: readonly Pick<ScoreItem, 'kind' | 'weight'>[]): boolean {
  const weighted = items.filter(({ kind }) => WEIGHTED.includes(kind))
  const others = items.filter(({ kind }) => !WEIGHTED.includes(kind))
  return (
    weighted.reduce((sum, { weight }) => sum + weight, 0) === WHOLE &&
    others.every(({ weight }) => weight === 0)
  )
}
