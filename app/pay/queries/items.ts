import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import type { PayItem, Side, Treatment } from '../domain/items.js'
import type { PayClass, RunKind } from '../domain/runs.js'

export interface ItemRow extends PayItem {
  runKind: RunKind
  /** Empty: every class. */
  employmentType: PayClass | ''
  validFrom: string
  documentId: number
  documentNo: string
  state: 'draft' | 'effective' | 'dropped'
  trial: { people: number; totalFen: number; missing: number } | null
  preparedBy: number | null
  preparedByName: string | null
  decidedByName: string | null
  version: number
}

/** Items that count for a kind of run and a class on a date, in their order. */
export async function itemsOn(
  date: string,
  runKind: RunKind,
  employmentType: string,
  client: Client = db
): Promise<ItemRow[]> {
  const rows = await itemsFrom(client)
    .where({ 'i.state': 'effective', 'i.run_kind': runKind })
    .whereIn('i.employment_type', ['', employmentType])
    .where('i.valid_from', '<=', date)
    .orderBy('i.valid_from')
    .orderBy('i.id')
  // the newest of a code counts, that of the class before that of all
  const byCode = new Map<string, ItemRow>()
  for (const row of rows.map(itemOf)) {
    const known = byCode.get(row.code)
    if (!known || row.employmentType !== '' || known.employmentType === '')
      byCode.set(row.code, row)
  }
  return [...byCode.values()].sort((a, b) => a.orderNo - b.orderNo || a.id - b.id)
}

export async function itemList(
  filters: { runKind?: string | null; employmentType?: string | null; state?: string },
  client: Client = db
): Promise<ItemRow[]> {
  const query = itemsFrom(client).whereNot('i.state', 'dropped')
  if (filters.state) query.where('i.state', filters.state)
  if (filters.runKind) query.where('i.run_kind', filters.runKind)
  if (filters.employmentType) query.whereIn('i.employment_type', ['', filters.employmentType])
  const rows = await query
    .orderBy('i.run_kind')
    .orderBy('i.employment_type')
    .orderBy('i.order_no')
    .orderBy('i.valid_from', 'desc')
    .orderBy('i.id', 'desc')
  return rows.map(itemOf)
}

export async function itemById(id: number, client: Client = db): Promise<ItemRow> {
  const row = await itemsFrom(client).where('i.id', id).first()
  if (!row) throw new NotFoundError('pay item')
  return itemOf(row)
}

function itemsFrom(client: Client) {
  return client
    .from('pay_items as i')
    .join('documents as doc', 'doc.id', 'i.document_id')
    .leftJoin('users as authors', 'authors.id', 'i.prepared_by')
    .leftJoin('users as deciders', 'deciders.id', 'i.decided_by')
    .select('i.*', 'doc.document_no', 'authors.name as author', 'deciders.name as decider')
}

function itemOf(row: any): ItemRow {
  return {
    id: Number(row.id),
    code: row.code,
    name: row.name,
    runKind: row.run_kind,
    employmentType: row.employment_type,
    side: row.side as Side,
    tax: row.tax as Treatment,
    drawsOn: row.draws_on,
    formula: row.formula,
    orderNo: Number(row.order_no),
    validFrom: row.valid_from,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    state: row.state,
    trial: row.trial ? JSON.parse(row.trial) : null,
    preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
    preparedByName: row.author,
    decidedByName: row.decider,
    version: Number(row.version),
  }
}
