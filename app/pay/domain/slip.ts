import { Exact, evaluate, FormulaError, numberOf, type Formula } from '#shared/formulas/formula'
import {
  cumulativeTax,
  bonusTaxOf,
  type CumulativeTax,
  type DeductionWay,
  type TaxBracket,
} from './tax.js'
import type { PayItem, Side, Treatment } from './items.js'

export const TAX_NAME = '个人所得税'

/** A value that goes into formulas, as exact text, and where it comes from. */
export interface Input {
  value: string
  source: string
}
export type Inputs = Record<string, Input>

/** A line that no item formula gives: a share of the incentive part, a leader's amount, a difference. */
export interface FixedLine {
  code: string
  name: string
  orderNo: number
  tax: Treatment
  drawsOn: 'basic' | 'incentive' | null
  amountFen: number
  differenceId: number | null
  trace: Record<string, unknown>
}

export interface PayLine {
  orderNo: number
  code: string
  name: string
  side: Side | 'tax'
  tax: Treatment
  drawsOn: 'basic' | 'incentive' | null
  amountFen: number
  itemId: number | null
  differenceId: number | null
  trace: Record<string, unknown>
}

/** The year's tax figures of a person with one agent before this slip. */
export interface TaxBefore {
  /** Months with this agent, this payment month included. */
  months: number
  startMonth: number
  way: DeductionWay
  income: number
  exempt: number
  insurance: number
  additional: number
  other: number
  withheld: number
}

export interface TaxRules {
  table: readonly TaxBracket[]
  monthlyDeduction: number
  /** `document|date` of the table; not there for the one of the State Taxation Administration. */
  source?: string
}

export interface SlipInput {
  inputs: Inputs
  fixed: readonly FixedLine[]
  before: TaxBefore
  /** 专项附加扣除 that this payment month still has, in fen. */
  additionalFen: number
  /** A year-end bonus that is taxed by itself. */
  apart: boolean
}

export interface SlipSums {
  gross: number
  deduction: number
  tax: number
  net: number
  employer: number
  drawn: number
}

export interface Slip extends SlipSums {
  lines: PayLine[]
  missing: string[]
  taxed: { income: number; exempt: number; insurance: number; additional: number; other: number }
}

export interface Book {
  items: readonly PayItem[]
  formulas: ReadonlyMap<string, Formula>
  order: readonly string[]
}

/** Rounded half up to the fen; other formulas go on with the rounded amount. */
export function computeSlip(book: Book, rules: TaxRules, input: SlipInput): Slip {
  const { lines, missing } = itemLines(book, input.inputs)
  for (const fixed of input.fixed) {
    const side: Side = 'earning'
    lines.push({ ...fixed, side, itemId: null })
  }
  lines.sort((a, b) => a.orderNo - b.orderNo || (a.code < b.code ? -1 : 1))
  const sum = (side: Side, tax?: Treatment) =>
    lines.reduce(
      (total, line) =>
        line.side === side && (!tax || line.tax === tax) ? total + line.amountFen : total,
      0
    )
  const gross = sum('earning')
  const deduction = sum('deduction')
  const taxed = {
    income: gross,
    exempt: sum('earning', 'exempt'),
    insurance: sum('deduction', 'insurance'),
    additional: input.additionalFen,
    other: 0,
  }
  const taxLine = missing.length ? null : taxOf(rules, input, taxed)
  if (taxLine) lines.push(taxLine)
  const tax = taxLine?.amountFen ?? 0
  const drawn = lines.reduce((total, line) => total + (line.drawsOn ? line.amountFen : 0), 0)
  return {
    lines,
    missing,
    gross,
    deduction,
    tax,
    net: gross - deduction - tax,
    employer: sum('employer'),
    drawn,
    taxed: input.apart ? { income: 0, exempt: 0, insurance: 0, additional: 0, other: 0 } : taxed,
  }
}

function itemLines({ items, formulas, order }: Book, inputs: Inputs) {
  const values: Record<string, Exact> = {}
  for (const name of Object.keys(inputs)) values[name] = Exact.from(inputs[name].value)
  const byName = new Map(items.map((item) => [item.name, item]))
  const lines: PayLine[] = []
  const missing = new Set<string>()
  for (const name of order) {
    const item = byName.get(name)!
    try {
      const { value, used } = evaluate(formulas.get(name)!, values)
      const exact = numberOf(value)
      const amountFen = exact.toFen()
      values[name] = Exact.fromFen(amountFen)
      lines.push({
        orderNo: item.orderNo,
        code: item.code,
        name,
        side: item.side,
        tax: item.tax,
        drawsOn: item.drawsOn,
        amountFen,
        itemId: item.id,
        differenceId: null,
        trace: { formula: item.formula, used, exact: exact.toString() },
      })
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error
      const absent = error.problem === 'missing_value' ? String(error.params.name) : name
      // an item that waits for another one is not missing itself
      if (!byName.has(absent) || absent === name) missing.add(absent)
    }
  }
  return { lines, missing: [...missing] }
}

function taxOf(
  rules: TaxRules,
  { before, apart }: Pick<SlipInput, 'before' | 'apart'>,
  taxed: Slip['taxed']
): PayLine {
  const line = { orderNo: 9_000, code: 'tax', name: TAX_NAME, side: 'tax' as const }
  const plain = { tax: 'none' as const, drawsOn: null, itemId: null, differenceId: null }
  const version = rules.source ? { rules: rules.source } : {}
  if (apart) {
    const bonus = Math.max(0, taxed.income - taxed.exempt)
    const { tax, percent, quick } = bonusTaxOf(bonus, rules.table)
    return { ...line, ...plain, amountFen: tax, trace: { bonus, percent, quick, ...version } }
  }
  const year = yearUpTo(rules, before, taxed)
  const amountFen = Math.max(0, year.tax - before.withheld)
  return { ...line, ...plain, amountFen, trace: { ...year, withheld: before.withheld, ...version } }
}

function yearUpTo(rules: TaxRules, before: TaxBefore, taxed: Slip['taxed']): CumulativeTax {
  const sums = {
    income: before.income + taxed.income,
    exempt: before.exempt + taxed.exempt,
    insurance: before.insurance + taxed.insurance,
    additional: before.additional + taxed.additional,
    other: before.other + taxed.other,
  }
  const others = Array.from({ length: before.months - 1 }, () => ({ income: 0 }))
  return cumulativeTax(
    { startMonth: before.startMonth, standardDeduction: before.way },
    [sums, ...others],
    rules.table,
    rules.monthlyDeduction
  )
}
