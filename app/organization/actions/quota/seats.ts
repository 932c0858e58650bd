import { toInt, type Trx } from '#shared/database'
import { CATEGORY_ORDER, type FundingType, type PostCategory } from '../../domain/codes.js'
import { accountKey, type QuotaBalances, type QuotaEntry } from '../../domain/quota_accounts.js'
import type { EntryInput } from './post_movement.js'

/** Seats wanted per category; absent is none. */
export type SeatsByCategory = Partial<Record<PostCategory, number>>

/** Balances of one unit and funding type, their accounts locked in ascending order until the end. */
export async function lockedBalances(
  trx: Trx,
  unitId: number,
  fundingType: FundingType
): Promise<QuotaBalances> {
  const rows = await trx
    .from('quota_accounts')
    .where({ unit_id: unitId, funding_type: fundingType })
    .orderBy('id')
    .forUpdate()
  return new Map(
    rows.map((row) => [
      accountKey({ unitId, funding: fundingType, category: row.category, kind: row.kind }),
      toInt(row.balance),
    ])
  )
}

/** The entries of the pure plan as the ledger takes them. */
export function ledgerEntries(entries: readonly QuotaEntry[]): EntryInput[] {
  return entries.map(({ account, delta }) => ({
    unitId: account.unitId,
    fundingType: account.funding,
    category: account.category,
    account: account.kind,
    amount: delta,
  }))
}

/** Wanted seats in the order of the categories, zeros left out. */
export function wantedSeats(
  wanted: SeatsByCategory
): Array<{ category: PostCategory; count: number }> {
  return CATEGORY_ORDER.map((category) => ({ category, count: wanted[category] ?? 0 })).filter(
    ({ count }) => count !== 0
  )
}
