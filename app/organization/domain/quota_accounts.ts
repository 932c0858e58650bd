import { CATEGORY_ORDER, FUNDING_ORDER, type FundingType, type PostCategory } from './codes.js'

/**
 * Kinds of account. `issued` is the counter-account of openings and of granted exceptions, the
 * only one that may be negative; `pool` is what 编办 holds and has not given out; `over` holds the
 * seats of people above the quota by an approved exception.
 */
export const ACCOUNT_KINDS = ['issued', 'pool', 'vacant', 'reserved', 'filled', 'over'] as const
export type AccountKind = (typeof ACCOUNT_KINDS)[number]

/** One kind of quota of one unit. */
export interface QuotaCell {
  unitId: number
  funding: FundingType
  category: PostCategory
}

export interface QuotaAccount extends QuotaCell {
  kind: AccountKind
}

/** One leg of a movement; `delta` is a whole number of seats, never 0. */
export interface QuotaEntry {
  account: QuotaAccount
  delta: number
}

/** Account key → seats. Accounts without a row hold 0. */
export type QuotaBalances = ReadonlyMap<string, number>

export interface QuotaFigures {
  /** Seats the unit may have: vacant + reserved + filled. */
  authorised: number
  filled: number
  reserved: number
  vacant: number
  /** Seats above the authorised ones, by approved exception; never part of `filled`. */
  over: number
}

export function accountKey({ unitId, funding, category, kind }: QuotaAccount): string {
  return `${unitId}/${funding}/${category}/${kind}`
}

export function accountOf(key: string): QuotaAccount {
  const [unitId, funding, category, kind] = key.split('/')
  return { unitId: Number(unitId), funding, category, kind } as QuotaAccount
}

/** Seats in an account. */
export function seatsIn(balances: QuotaBalances, cell: QuotaCell, kind: AccountKind): number {
  return balances.get(accountKey({ ...cell, kind })) ?? 0
}

export type BalanceResult =
  | { ok: true; balances: Map<string, number> }
  | { ok: false; error: 'quota_exhausted'; account: QuotaAccount; balance: number; delta: number }

/**
 * The balances after some entries, taken as one step: an account may pass below zero between two
 * of them but not at the end (`issued` excepted). Nothing is changed in `balances`. Throws when
 * the entries do not sum to zero: that is a fault of the program, not of the user.
 */
export function applyEntries(
  balances: QuotaBalances,
  entries: readonly QuotaEntry[]
): BalanceResult {
  if (sumOf(entries) !== 0) throw new RangeError('Entries of the quota ledger must sum to zero')
  const after = new Map(balances)
  for (const { account, delta } of entries) {
    const key = accountKey(account)
    after.set(key, (after.get(key) ?? 0) + delta)
  }
  for (const { account } of entries) {
    const balance = after.get(accountKey(account))!
    if (balance >= 0 || account.kind === 'issued') continue
    const before = seatsIn(balances, account, account.kind)
    return {
      ok: false,
      error: 'quota_exhausted',
      account,
      balance: before,
      delta: balance - before,
    }
  }
  return { ok: true, balances: after }
}

/** The balances that entries give from nothing, in whatever order; accounts at 0 are left out. */
export function rebuildBalances(entries: Iterable<QuotaEntry>): Map<string, number> {
  const balances = new Map<string, number>()
  for (const { account, delta } of entries) {
    const key = accountKey(account)
    balances.set(key, (balances.get(key) ?? 0) + delta)
  }
  for (const [key, seats] of balances) if (seats === 0) balances.delete(key)
  return balances
}

/** The figures of the accounts that `belongs` picks: one cell, a unit, a funding type, all. */
export function quotaFigures(
  balances: QuotaBalances,
  belongs: (cell: QuotaCell) => boolean
): QuotaFigures {
  const figures = { authorised: 0, filled: 0, reserved: 0, vacant: 0, over: 0 }
  for (const [key, seats] of balances) {
    const account = accountOf(key)
    if (account.kind === 'issued' || account.kind === 'pool' || !belongs(account)) continue
    figures[account.kind] += seats
    if (account.kind !== 'over') figures.authorised += seats
  }
  return figures
}

/** Order in which cells are listed and locked: unit, funding type, category. */
export function compareCells(a: QuotaCell, b: QuotaCell): number {
  return (
    a.unitId - b.unitId ||
    FUNDING_ORDER.indexOf(a.funding) - FUNDING_ORDER.indexOf(b.funding) ||
    CATEGORY_ORDER.indexOf(a.category) - CATEGORY_ORDER.indexOf(b.category)
  )
}

export function sumOf(entries: readonly QuotaEntry[]): number {
  return entries.reduce((sum, { delta }) => sum + delta, 0)
}
