import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { WarningState } from '../domain/warnings.js'

export interface WarningRow {
  id: number
  kind: 'split' | 'burst'
  unitId: number
  unitName: string
  payee: string | null
  category: string | null
  from: string
  to: string
  payments: number
  totalFen: number
  measureFen: number
  state: WarningState
  comment: string | null
  decidedByName: string | null
  version: number
}

export interface WarningFilters {
  state?: string | null
  kind?: string | null
  units: 'all' | number[]
}

/** Newest first. */
export async function warningPage(
  filters: WarningFilters & { cursor: string | null }
): Promise<KeysetPage<WarningRow>> {
  const page = await keysetPage<any>(matching(warningsFrom(), filters), {
    column: 'spending_warnings.id',
    idColumn: 'spending_warnings.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(warningOf) }
}

/** Those that nobody has settled, newest first. */
export async function openWarnings(units: 'all' | number[]): Promise<WarningRow[]> {
  const query = matching(warningsFrom(), { state: 'open', units })
  const rows: any[] = await query.orderBy('spending_warnings.id', 'desc')
  return rows.map(warningOf)
}

export async function warningById(id: number): Promise<WarningRow> {
  const row = await warningsFrom().where('spending_warnings.id', id).first()
  if (!row) throw new NotFoundError('spending warning')
  return warningOf(row)
}

export async function countWarnings(filters: WarningFilters): Promise<number> {
  const query = matching(db.from('spending_warnings'), filters)
  return toInt((await query.count('* as total').first()).total)
}

function matching(query: any, filters: WarningFilters) {
  if (filters.state) query.where('spending_warnings.state', filters.state)
  if (filters.kind) query.where('spending_warnings.kind', filters.kind)
  return withinUnits(query, 'spending_warnings.unit_id', filters.units)
}

function warningsFrom() {
  return db
    .from('spending_warnings')
    .join('units', 'units.id', 'spending_warnings.unit_id')
    .leftJoin('users', 'users.id', 'spending_warnings.decided_by')
    .select('spending_warnings.*', 'units.name as unit_name', 'users.name as decider')
}

function warningOf(row: any): WarningRow {
  return {
    id: Number(row.id),
    kind: row.kind,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    payee: row.payee,
    category: row.category,
    from: row.from_on,
    to: row.to_on,
    payments: toInt(row.payments),
    totalFen: toInt(row.total_fen),
    measureFen: toInt(row.measure_fen),
    state: row.state,
    comment: row.comment,
    decidedByName: row.decider,
    version: Number(row.version),
  }
}
