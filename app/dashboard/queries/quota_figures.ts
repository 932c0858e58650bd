import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { toInt } from '#shared/database'
import { FUNDING_ORDER, type FundingType } from '#organization/domain/codes'

export interface QuotaFigure {
  unitId: number
  unit: string
  funding: FundingType
  authorised: number
  /** All who are there, also those over the quota. */
  filled: number
  reserved: number
  vacant: number
  over: number
}

/** Today's balances per unit and funding type over all categories; units without any quota are left out. */
export async function quotaFigures(actor: Actor): Promise<QuotaFigure[] | null> {
  const units = actor.unitsFor('quota.view')
  if (units !== 'all' && units.length === 0) return null
  const query = db
    .from('quota_accounts as q')
    .join('units as u', 'u.id', 'q.unit_id')
    .whereIn('q.kind', ['filled', 'reserved', 'vacant', 'over'])
    .groupBy('u.id', 'u.name', 'q.funding_type', 'q.kind')
    .select('u.id', 'u.name', 'q.funding_type', 'q.kind')
    .sum('q.balance as balance')
  if (units !== 'all') query.whereIn('q.unit_id', units)
  return rowsOf(await query)
}

function rowsOf(balances: any[]): QuotaFigure[] {
  const rows = new Map<string, QuotaFigure>()
  for (const { id, name, funding_type: funding, kind, balance } of balances) {
    const key = `${id}:${funding}`
    const row = rows.get(key) ?? empty(Number(id), name, funding)
    row[kind as 'filled' | 'reserved' | 'vacant' | 'over'] = toInt(balance)
    rows.set(key, row)
  }
  return [...rows.values()]
    .map((row) => ({
      ...row,
      authorised: row.filled + row.reserved + row.vacant,
      filled: row.filled + row.over,
    }))
    .filter((row) => row.authorised + row.over > 0)
    .sort((a, b) => a.unitId - b.unitId || order(a) - order(b))
}

function empty(unitId: number, unit: string, funding: FundingType): QuotaFigure {
  return { unitId, unit, funding, authorised: 0, filled: 0, reserved: 0, vacant: 0, over: 0 }
}

function order(row: QuotaFigure): number {
  return FUNDING_ORDER.indexOf(row.funding)
}
