import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import type { FundingType, PostCategory } from '../domain/codes.js'
import { compareCells, type AccountKind } from '../domain/quota_accounts.js'

export interface BalanceRow {
  unitId: number
  unitName: string
  fundingType: FundingType
  category: PostCategory
  /** vacant + reserved + filled */
  authorised: number
  filled: number
  reserved: number
  vacant: number
  /** Above the authorised seats, by approved exception. */
  over: number
}

export interface BalanceFilter {
  /** Civil date; absent: what stands in the ledger now, future-dated movements included. */
  asOf?: string
  unitIds?: number[]
}

export interface AccountBalance {
  accountId: number
  kind: AccountKind
  unitId: number
  fundingType: FundingType
  category: PostCategory
  balance: number
}

/**
 * One row per unit, funding type and category that has or had seats. With `asOf` summed from the
 * entries that took effect by then; a reservation counts from the day it was made (law 4).
 */
export async function quotaBalances(
  filter: BalanceFilter = {},
  client: Client = db
): Promise<BalanceRow[]> {
  const accounts = await accountBalances(filter, client)
  const names = await unitNames(accounts, client)
  const cells = new Map<string, BalanceRow>()
  for (const { kind, unitId, fundingType, category, balance } of accounts) {
    if (kind === 'issued' || kind === 'pool') continue
    const key = `${unitId}/${fundingType}/${category}`
    const cell = cells.get(key) ?? {
      unitId,
      unitName: names.get(unitId) ?? '',
      fundingType,
      category,
      authorised: 0,
      filled: 0,
      reserved: 0,
      vacant: 0,
      over: 0,
    }
    cell[kind] += balance
    if (kind !== 'over') cell.authorised += balance
    cells.set(key, cell)
  }
  return [...cells.values()].sort((a, b) =>
    compareCells({ ...a, funding: a.fundingType }, { ...b, funding: b.fundingType })
  )
}

/** What 编办 holds and has not given out, per funding type and category. */
export async function poolBalances(filter: { asOf?: string } = {}, client: Client = db) {
  const accounts = await accountBalances(filter, client)
  return accounts
    .filter(({ kind }) => kind === 'pool')
    .map(({ fundingType, category, balance }) => ({ fundingType, category, balance }))
}

/** Balances account by account, `issued` and `pool` too. */
export async function accountBalances(
  { asOf, unitIds }: BalanceFilter,
  client: Client = db
): Promise<AccountBalance[]> {
  const query = client.from('quota_accounts')
  if (unitIds) query.whereIn('quota_accounts.unit_id', unitIds.length ? unitIds : [-1])
  if (asOf) {
    query
      .join('quota_entries', 'quota_entries.account_id', 'quota_accounts.id')
      .join('quota_movements', 'quota_movements.id', 'quota_entries.movement_id')
      .where('quota_movements.effective_on', '<=', asOf)
      .groupBy(
        'quota_accounts.id',
        'quota_accounts.kind',
        'quota_accounts.unit_id',
        'quota_accounts.funding_type',
        'quota_accounts.category'
      )
      .sum('quota_entries.amount as balance')
  } else {
    query.select('quota_accounts.balance')
  }
  const rows = await query
    .select('quota_accounts.id', 'quota_accounts.kind', 'quota_accounts.unit_id')
    .select('quota_accounts.funding_type', 'quota_accounts.category')
    .orderBy('quota_accounts.id')
  return rows.map((row) => ({
    accountId: Number(row.id),
    kind: row.kind,
    unitId: Number(row.unit_id),
    fundingType: row.funding_type,
    category: row.category,
    balance: toInt(row.balance),
  }))
}

async function unitNames(accounts: AccountBalance[], client: Client): Promise<Map<number, string>> {
  const ids = [...new Set(accounts.map(({ unitId }) => unitId))]
  const rows = ids.length ? await client.from('units').whereIn('id', ids).select('id', 'name') : []
  return new Map(rows.map((row) => [Number(row.id), row.name]))
}
