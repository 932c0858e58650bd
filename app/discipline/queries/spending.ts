import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull, toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { Limit, SpendingBasis, SpendingCategory } from '../domain/spending.js'

export interface SpendingRow {
  id: number
  number: string
  unitId: number
  unitName: string
  category: SpendingCategory
  payee: string
  amountFen: number
  purpose: string
  voucherNo: string
  spentOn: string
  basis: SpendingBasis
  exemptionId: number | null
  exemptionNo: string | null
  documentId: number | null
  documentNo: string | null
  correctsId: number | null
  correctedById: number | null
  recordedByName: string | null
  version: number
}

export interface SpendingFilters {
  unitId?: number | null
  category?: string | null
  basis?: string | null
  payee?: string | null
  from?: string | null
  /** Last day. */
  to?: string | null
  units: 'all' | number[]
}

/** Newest first. */
export async function spendingPage(
  filters: SpendingFilters & { cursor: string | null }
): Promise<KeysetPage<SpendingRow>> {
  const page = await keysetPage<any>(selected(matching(db.from('spendings'), filters)), {
    column: 'spendings.id',
    idColumn: 'spendings.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(spendingOf) }
}

export async function spendingList(filters: SpendingFilters): Promise<SpendingRow[]> {
  const query = selected(matching(db.from('spendings'), filters))
  return (await query.orderBy('spendings.id', 'desc')).map(spendingOf)
}

export async function spendingTotal(filters: SpendingFilters): Promise<number> {
  const row = await matching(db.from('spendings'), filters).sum('amount_fen as total').first()
  return toInt(row.total)
}

export async function spendingById(id: number, client: Client = db): Promise<SpendingRow> {
  const row = await selected(client.from('spendings')).where('spendings.id', id).first()
  if (!row) throw new NotFoundError('spending')
  return spendingOf(row)
}

export interface LimitRow extends Limit {
  id: number
  category: SpendingCategory
  validFrom: string
  documentNo: string | null
}

/** The ceiling of a category on a day: the live row that began last; null: it has none. */
export async function limitOn(
  category: string,
  date: string,
  client: Client = db
): Promise<Limit | null> {
  const row = await client
    .from('spending_limits')
    .where({ category, live: 1 })
    .where('valid_from', '<=', date)
    .orderBy('valid_from', 'desc')
    .first()
  return row ? { singleFen: toInt(row.single_fen), monthFen: toInt(row.month_fen) } : null
}

/** Every live row, by category and date. */
export async function limitList(client: Client = db): Promise<LimitRow[]> {
  const rows = await client
    .from('spending_limits')
    .leftJoin('documents', 'documents.id', 'spending_limits.document_id')
    .where('live', 1)
    .orderBy('category')
    .orderBy('valid_from')
    .select('spending_limits.*', 'documents.document_no')
  return rows.map((row) => ({
    id: Number(row.id),
    category: row.category,
    singleFen: toInt(row.single_fen),
    monthFen: toInt(row.month_fen),
    validFrom: row.valid_from,
    documentNo: row.document_no,
  }))
}

function matching(query: any, filters: SpendingFilters) {
  if (filters.unitId) query.where('spendings.unit_id', filters.unitId)
  if (filters.category) query.where('spendings.category', filters.category)
  if (filters.basis) query.where('spendings.basis', filters.basis)
  if (filters.payee) {
    query.where('spendings.payee', 'like', `%${filters.payee.replace(/[\\%_]/g, '')}%`)
  }
  if (filters.from) query.where('spendings.spent_on', '>=', filters.from)
  if (filters.to) query.where('spendings.spent_on', '<=', filters.to)
  return withinUnits(query, 'spendings.unit_id', filters.units)
}

function selected(query: any) {
  return query
    .join('units', 'units.id', 'spendings.unit_id')
    .leftJoin('exemptions', 'exemptions.id', 'spendings.exemption_id')
    .leftJoin('documents', 'documents.id', 'spendings.document_id')
    .leftJoin('users', 'users.id', 'spendings.recorded_by')
    .leftJoin('spendings as corrections', 'corrections.corrects_id', 'spendings.id')
    .select('spendings.*', 'units.name as unit_name', 'exemptions.number as exemption_no')
    .select('documents.document_no', 'users.name as recorder', 'corrections.id as corrected_by')
}

function spendingOf(row: any): SpendingRow {
  return {
    id: Number(row.id),
    number: row.number,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    category: row.category,
    payee: row.payee,
    amountFen: toInt(row.amount_fen),
    purpose: row.purpose,
    voucherNo: row.voucher_no,
    spentOn: row.spent_on,
    basis: row.basis,
    exemptionId: idOrNull(row.exemption_id),
    exemptionNo: row.exemption_no,
    documentId: idOrNull(row.document_id),
    documentNo: row.document_no,
    correctsId: idOrNull(row.corrects_id),
    correctedById: idOrNull(row.corrected_by),
    recordedByName: row.recorder,
    version: Number(row.version),
  }
}
