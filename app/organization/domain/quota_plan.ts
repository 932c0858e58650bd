import { CATEGORY_ORDER, type FundingType, type PostCategory } from './codes.js'
import { seatsIn, type QuotaBalances, type QuotaCell } from './quota_accounts.js'
import type { QuotaMovement } from './quota_movements.js'

/** `seats` of the category `to` were not there and were taken from `from`. */
export interface CategoryWarning {
  code: 'category_exceeded'
  from: PostCategory
  to: PostCategory
  seats: number
}

export type SeatPlan =
  | { ok: true; movements: QuotaMovement[]; warnings: CategoryWarning[] }
  /** `room`: vacant seats of this unit and funding type in all categories. */
  | { ok: false; error: 'no_vacancy'; room: number }

/**
 * What must be booked so that `count` people (default 1) take vacant seats of a kind. Category is
 * a soft limit: where it has too few, seats are reclassified from the other categories of the
 * same unit and funding type, the one with most vacancies first, equal ones in the order of the
 * categories, each with a warning. Unit, funding type and their total are hard: without room
 * nothing is planned.
 */
export function planFill(
  balances: QuotaBalances,
  wanted: QuotaCell & { count?: number }
): SeatPlan {
  return planSeats(balances, wanted, (cell, count) => ({
    kind: 'fill',
    cell,
    count,
    from: 'vacant',
  }))
}

/** The same for an approval in progress: seats are reserved instead of filled. */
export function planReserve(
  balances: QuotaBalances,
  wanted: QuotaCell & { count?: number }
): SeatPlan {
  return planSeats(balances, wanted, (cell, count) => ({ kind: 'reserve', cell, count }))
}

/** Vacant seats of a unit and funding type over all categories: the hard limit. */
export function roomOf(
  balances: QuotaBalances,
  place: { unitId: number; funding: FundingType }
): number {
  return CATEGORY_ORDER.reduce(
    (sum, category) => sum + seatsIn(balances, { ...place, category }, 'vacant'),
    0
  )
}

function planSeats(
  balances: QuotaBalances,
  { unitId, funding, category, count = 1 }: QuotaCell & { count?: number },
  take: (cell: QuotaCell, count: number) => QuotaMovement
): SeatPlan {
  const room = roomOf(balances, { unitId, funding })
  if (room < count) return { ok: false, error: 'no_vacancy', room }
  const wanted: QuotaCell = { unitId, funding, category }
  const movements: QuotaMovement[] = []
  const warnings: CategoryWarning[] = []
  let missing = count - seatsIn(balances, wanted, 'vacant')
  for (const { category: from, vacant } of othersByVacancy(balances, wanted)) {
    if (missing <= 0) break
    const seats = Math.min(missing, vacant)
    movements.push({
      kind: 'reclassification',
      cell: { ...wanted, category: from },
      to: category,
      seat: 'vacant',
      count: seats,
    })
    warnings.push({ code: 'category_exceeded', from, to: category, seats })
    missing -= seats
  }
  return { ok: true, movements: [...movements, take(wanted, count)], warnings }
}

function othersByVacancy(balances: QuotaBalances, wanted: QuotaCell) {
  return CATEGORY_ORDER.filter((category) => category !== wanted.category)
    .map((category) => ({ category, vacant: seatsIn(balances, { ...wanted, category }, 'vacant') }))
    .sort((a, b) => b.vacant - a.vacant)
}
