import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { AssetCategory, Condition, Purpose } from '../domain/assets.js'

export type AssetState = 'held' | 'missing' | 'disposed'
export const ASSET_STATES = ['held', 'missing', 'disposed'] as const

export interface AssetRow {
  id: number
  code: string
  name: string
  category: AssetCategory
  model: string | null
  unitId: number
  unitName: string
  custodian: string | null
  place: string | null
  purpose: Purpose
  condition: Condition
  acquiredOn: string | null
  originalFen: number
  netFen: number
  state: AssetState
  disposedOn: string | null
  documentNo: string | null
  version: number
}

export interface AssetFilters {
  unitId?: number | null
  category?: string | null
  purpose?: string | null
  condition?: string | null
  state?: string | null
  text?: string | null
  units: 'all' | number[]
}

export interface AssetTotals {
  items: number
  originalFen: number
  netFen: number
}

/** By number of the register. */
export async function assetPage(
  filters: AssetFilters & { cursor: string | null }
): Promise<KeysetPage<AssetRow>> {
  const page = await keysetPage<any>(selected(matching(db.from('assets'), filters)), {
    column: 'assets.code',
    idColumn: 'assets.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(assetOf) }
}

/** All of the filter, or the first of them. */
export async function assetList(filters: AssetFilters, client: Client = db, first?: number) {
  const query = selected(matching(client.from('assets'), filters))
  if (first) query.limit(first)
  return (await query.orderBy('assets.code').orderBy('assets.id')).map(assetOf) as AssetRow[]
}

export async function assetTotals(filters: AssetFilters): Promise<AssetTotals> {
  const row = await matching(db.from('assets'), filters)
    .count('* as items')
    .sum('original_fen as original')
    .sum('net_fen as net')
    .first()
  return { items: toInt(row.items), originalFen: toInt(row.original), netFen: toInt(row.net) }
}

export async function assetById(id: number, client: Client = db): Promise<AssetRow> {
  const row = await selected(client.from('assets')).where('assets.id', id).first()
  if (!row) throw new NotFoundError('asset')
  return assetOf(row)
}

function matching(query: any, filters: AssetFilters) {
  const equal = {
    'assets.unit_id': filters.unitId,
    'assets.category': filters.category,
    'assets.purpose': filters.purpose,
    'assets.condition_code': filters.condition,
    'assets.state': filters.state,
  }
  for (const [column, value] of Object.entries(equal)) if (value) query.where(column, value)
  if (filters.text) {
    const like = `%${filters.text.replace(/[\\%_]/g, '')}%`
    query.where((any: any) => {
      for (const name of ['code', 'name', 'custodian', 'place']) {
        any.orWhere(`assets.${name}`, 'like', like)
      }
    })
  }
  return withinUnits(query, 'assets.unit_id', filters.units)
}

function selected(query: any) {
  return query
    .join('units', 'units.id', 'assets.unit_id')
    .leftJoin('documents', 'documents.id', 'assets.document_id')
    .select('assets.*', 'units.name as unit_name', 'documents.document_no')
}

function assetOf(row: any): AssetRow {
  return {
    id: Number(row.id),
    code: row.code,
    name: row.name,
    category: row.category,
    model: row.model,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    custodian: row.custodian,
    place: row.place,
    purpose: row.purpose,
    condition: row.condition_code,
    acquiredOn: row.acquired_on,
    originalFen: toInt(row.original_fen),
    netFen: toInt(row.net_fen),
    state: row.state,
    disposedOn: row.disposed_on,
    documentNo: row.document_no,
    version: Number(row.version),
  }
}
