import db from '@adonisjs/lucid/services/db'
import { unseal } from '#shared/crypto'
import { inChunks, toInt } from '#shared/database'
import { RELEASED } from '../domain/runs.js'
import { taxTableOf, type TaxTableRow } from './tax_table.js'

/** Deductions with a column of their own in the declaration, by the code of the item. */
const INSURANCES = ['pension', 'medical', 'unemployment', 'housing', 'annuity'] as const
type Insurance = (typeof INSURANCES)[number]

export interface TaxFilingRow extends TaxTableRow {
  /** The full number, for the tax office only. Empty: none is on record. */
  identity: string
  insurances: Record<Insurance, number>
  /** What was deducted before tax by an item of another code. */
  otherInsurance: number
  /** 累计减除费用, as the slips of the month took it. */
  yearStandard: number
}

/** The tax table of a unit and payment month as the tax office wants it declared, numbers in full. */
export async function taxFilingOf(unitId: number, month: string): Promise<TaxFilingRow[]> {
  const rows = await taxTableOf(unitId, month)
  const personIds = rows.map(({ personId }) => personId)
  const numbers = await identitiesOf(personIds)
  const deducted = await deductedOf(personIds, unitId, month)
  const standards = await standardsOf(personIds, unitId, month)
  return rows.map((row) => {
    const insurances = deducted.get(row.personId) ?? NOTHING
    const named = INSURANCES.reduce((sum, code) => sum + insurances[code], 0)
    return {
      ...row,
      insurances,
      otherInsurance: row.insurance - named,
      identity: numbers.get(row.personId) ?? '',
      yearStandard: standards.get(row.personId) ?? 0,
    }
  })
}

const NOTHING = Object.fromEntries(INSURANCES.map((code) => [code, 0])) as Record<Insurance, number>

async function identitiesOf(personIds: number[]): Promise<Map<number, string>> {
  const rows = await inChunks(personIds, 400, (ids) =>
    db
      .from('persons')
      .whereIn('id', ids)
      .whereNotNull('identity_sealed')
      .select('id', 'identity_sealed')
  )
  return new Map(rows.map((row) => [Number(row.id), unseal(row.identity_sealed, 'identity')]))
}

async function deductedOf(personIds: number[], unitId: number, month: string) {
  const rows = await inChunks(personIds, 400, (ids) =>
    linesOfMonth(ids, unitId, month)
      .join('pay_items as i', 'i.id', 'l.item_id')
      .where({ 'l.side': 'deduction', 'i.tax': 'insurance' })
      .whereIn('l.code', [...INSURANCES])
      .groupBy('s.person_id', 'l.code')
      .select('s.person_id', 'l.code')
      .sum('l.amount_fen as fen')
  )
  const byPerson = new Map<number, Record<Insurance, number>>()
  for (const row of rows) {
    const sums = byPerson.get(Number(row.person_id)) ?? { ...NOTHING }
    byPerson.set(Number(row.person_id), { ...sums, [row.code]: toInt(row.fen) })
  }
  return byPerson
}

/** Every run of the month took the same; the largest stands for a slip without a tax line. */
async function standardsOf(personIds: number[], unitId: number, month: string) {
  const rows = await inChunks(personIds, 400, (ids) =>
    linesOfMonth(ids, unitId, month).where('l.side', 'tax').select('s.person_id', 'l.trace')
  )
  const standards = new Map<number, number>()
  for (const row of rows) {
    const { standard } = JSON.parse(row.trace)
    const personId = Number(row.person_id)
    standards.set(personId, Math.max(standards.get(personId) ?? 0, standard))
  }
  return standards
}

/** Lines of the released slips of a month that are taxed within the year. */
function linesOfMonth(personIds: number[], unitId: number, month: string) {
  return db
    .from('pay_lines as l')
    .join('pay_slips as s', 's.id', 'l.slip_id')
    .join('pay_runs as r', (join) =>
      join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
    )
    .where({ 'r.unit_id': unitId, 'r.pay_month': month })
    .where({ 's.state': 'computed', 's.tax_apart': false })
    .whereIn('r.state', [...RELEASED])
    .whereIn('s.person_id', personIds)
}
