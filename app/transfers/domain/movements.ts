import type { FundingType, PostCategory } from '#organization/domain/codes'
import {
  applyEntries,
  type AccountKind,
  type QuotaBalances,
  type QuotaEntry,
} from '#organization/domain/quota_accounts'
import { entriesFor, type QuotaMovement } from '#organization/domain/quota_movements'
import { planReserve, type CategoryWarning } from '#organization/domain/quota_plan'
import { needsSeat, type TransferLine } from './lines.js'

/** One leg of a movement as the ledger takes it. */
export interface LedgerEntry {
  unitId: number
  fundingType: FundingType
  category: PostCategory
  account: AccountKind
  amount: number
}

export interface LedgerMovement {
  kind: 'reserve' | 'reclassification' | 'transfer' | 'vacate' | 'fill'
  entries: LedgerEntry[]
}

export interface SeatLine extends TransferLine {
  /** Category of the seat that the person fills today. */
  seatCategory: PostCategory | null
}

/** 空编: the seats wait at the source as reserved until the batch is executed. */
export function sourceReservation(lines: readonly TransferLine[]): LedgerEntry[] {
  return ledger(
    lines
      .filter((line) => line.kind === 'quota_only')
      .map((line) => ({
        kind: 'reserve',
        cell: cellAt(line.fromUnitId, line),
        count: line.quantity,
      }))
  )
}

export type TargetReservation =
  | { ok: true; movements: LedgerMovement[]; warnings: CategoryWarning[] }
  | { ok: false; unitId: number; funding: FundingType; category: PostCategory; room: number }

/**
 * Establishment people without their seat: vacancies of the target wait for them. Category is soft
 * (seats are reclassified from where most are vacant, said as a warning), funding and total hard.
 */
export function targetReservation(
  lines: readonly TransferLine[],
  balances: QuotaBalances
): TargetReservation {
  const movements: QuotaMovement[] = []
  const warnings: CategoryWarning[] = []
  let now: QuotaBalances = balances
  for (const line of lines.filter(needsSeat)) {
    const cell = cellAt(line.toUnitId, line)
    const plan = planReserve(now, cell)
    if (!plan.ok) return { ok: false, ...cell, room: plan.room }
    const applied = applyEntries(now, plan.movements.flatMap(entriesFor))
    if (!applied.ok) throw new Error('a planned reservation left the balances')
    now = applied.balances
    movements.push(...plan.movements)
    warnings.push(...plan.warnings)
  }
  const of = (kind: 'reclassification' | 'reserve') =>
    ledger(movements.filter((movement) => movement.kind === kind))
  return {
    ok: true,
    warnings,
    movements: [
      { kind: 'reclassification' as const, entries: of('reclassification') },
      { kind: 'reserve' as const, entries: of('reserve') },
    ].filter(({ entries }) => entries.length > 0),
  }
}

/**
 * What executing the lines books, in this order: seats whose person has changed the series since
 * are reclassified where they stand; filled and reserved seats go to the target; people who leave
 * their seat vacate it; people without one take those reserved at the target.
 */
export function executionMovements(lines: readonly SeatLine[]): LedgerMovement[] {
  const withQuota = lines.filter((line) => line.kind === 'person_with_quota')
  const seatsOnly = lines.filter((line) => line.kind === 'quota_only')
  const without = lines.filter(needsSeat)
  const moved = (line: TransferLine, seat: 'filled' | 'reserved'): QuotaMovement => ({
    kind: 'transfer',
    cell: cellAt(line.fromUnitId, line),
    toUnitId: line.toUnitId,
    seat,
    count: line.quantity,
  })
  const movements: LedgerMovement[] = [
    { kind: 'reclassification', entries: ledger(reclassified(withQuota)) },
    {
      kind: 'transfer',
      entries: ledger([
        ...withQuota.map((line) => moved(line, 'filled')),
        ...seatsOnly.map((line) => moved(line, 'reserved')),
      ]),
    },
    {
      kind: 'vacate',
      entries: ledger(
        without.map((line) => ({
          kind: 'vacate',
          cell: cellAt(line.fromUnitId, { ...line, category: line.seatCategory ?? line.category }),
          from: 'filled',
          count: 1,
        }))
      ),
    },
    {
      kind: 'fill',
      entries: ledger(
        without.map((line) => ({
          kind: 'fill',
          cell: cellAt(line.toUnitId, line),
          from: 'reserved',
          count: 1,
        }))
      ),
    },
  ]
  return movements.filter(({ entries }) => entries.length > 0)
}

function reclassified(lines: readonly SeatLine[]): QuotaMovement[] {
  return lines
    .filter((line) => line.seatCategory !== null && line.seatCategory !== line.category)
    .map((line) => ({
      kind: 'reclassification',
      cell: cellAt(line.fromUnitId, { ...line, category: line.seatCategory }),
      to: line.category!,
      seat: 'filled',
      count: line.quantity,
    }))
}

function cellAt(unitId: number, line: Pick<TransferLine, 'fundingType' | 'category'>) {
  return { unitId, funding: line.fundingType!, category: line.category! }
}

/** Entries of several movements as one: netted per account, without zeros, in a fixed order. */
function ledger(movements: readonly QuotaMovement[]): LedgerEntry[] {
  return netEntries(movements.flatMap(entriesFor))
}

function netEntries(entries: readonly QuotaEntry[]): LedgerEntry[] {
  const net = new Map<string, LedgerEntry>()
  for (const { account, delta } of entries) {
    const key = `${account.unitId}/${account.funding}/${account.category}/${account.kind}`
    const before = net.get(key)
    if (before) before.amount += delta
    else {
      net.set(key, {
        unitId: account.unitId,
        fundingType: account.funding,
        category: account.category,
        account: account.kind,
        amount: delta,
      })
    }
  }
  return [...net.entries()]
    .filter(([, { amount }]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => entry)
}
