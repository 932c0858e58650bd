import db from '@adonisjs/lucid/services/db'
import { toInt, type Row } from '#shared/database'
import { RELEASED } from '../domain/runs.js'

export interface TaxTableRow {
  personId: number
  name: string
  identityMasked: string | null
  income: number
  exempt: number
  insurance: number
  additional: number
  tax: number
  /** A year-end bonus taxed by itself, and its tax: outside the cumulation. */
  bonus: number
  bonusTax: number
  yearIncome: number
  yearExempt: number
  yearInsurance: number
  yearAdditional: number
  yearTax: number
}

/** Wage tax of a unit in a payment month, over all its released runs, with the year so far. */
export async function taxTableOf(unitId: number, month: string): Promise<TaxTableRow[]> {
  const sums = (from: string) =>
    db
      .from('pay_slips as s')
      .join('pay_runs as r', (join) =>
        join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
      )
      .join('persons as p', 'p.id', 's.person_id')
      .where({ 'r.unit_id': unitId, 's.state': 'computed' })
      .whereIn('r.state', [...RELEASED])
      .whereBetween('r.pay_month', [from, month])
      .groupBy('s.person_id', 'p.name', 'p.identity_masked', 'p.name_pinyin')
      .orderBy('p.name_pinyin')
      .orderBy('s.person_id')
      .select('s.person_id', 'p.name', 'p.identity_masked')
      .sum('s.tax_income_fen as income')
      .sum('s.tax_exempt_fen as exempt')
      .sum('s.tax_insurance_fen as insurance')
      .sum('s.tax_additional_fen as additional')
      .select(db.raw('sum(case when s.tax_apart = ? then s.tax_fen else 0 end) as tax', [false]))
      .select(db.raw('sum(case when s.tax_apart = ? then s.gross_fen else 0 end) as bonus', [true]))
      .select(
        db.raw('sum(case when s.tax_apart = ? then s.tax_fen else 0 end) as bonus_tax', [true])
      )
  const year = new Map(
    (await sums(`${month.slice(0, 4)}-01`)).map((row) => [Number(row.person_id), row])
  )
  return (await sums(month)).map((row) => ({
    personId: Number(row.person_id),
    name: row.name,
    identityMasked: row.identity_masked,
    income: toInt(row.income),
    exempt: toInt(row.exempt),
    insurance: toInt(row.insurance),
    additional: toInt(row.additional),
    tax: toInt(row.tax),
    bonus: toInt(row.bonus),
    bonusTax: toInt(row.bonus_tax),
    ...yearOf(year.get(Number(row.person_id))),
  }))
}

const yearOf = (row: Row | undefined) => ({
  yearIncome: toInt(row?.income),
  yearExempt: toInt(row?.exempt),
  yearInsurance: toInt(row?.insurance),
  yearAdditional: toInt(row?.additional),
  yearTax: toInt(row?.tax),
})
