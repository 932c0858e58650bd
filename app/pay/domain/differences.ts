import { PAY_CLASSES } from './runs.js'
import type { FixedLine } from './slip.js'
import type { Treatment } from './items.js'

export interface DueDifference {
  id: number
  number: string
  itemName: string
  fact: string
  amountFen: number
  settledFen: number
  instalmentFen: number | null
  tax: Treatment
  drawsOn: 'basic' | 'incentive' | null
}

const FIRST_ORDER = 8_000

/** What the name of a line begins with, before that of its item. */
export const ARREARS = '补发'
export const RECOVERY = '扣回'

/**
 * What is taken back at once at the most when it is spread over so many runs: equal parts in whole
 * fen, the last one the rest. What is owed is never spread.
 */
export function instalmentOf(amountFen: number, instalments: number | null): number | null {
  if (amountFen >= 0 || instalments === null || instalments <= 1) return null
  return Math.ceil(-amountFen / instalments)
}

/**
 * Lines of the differences that a slip takes up: what is owed is paid at once; what is taken back
 * is bounded by its instalment and by what the person keeps at the least.
 */
export function differenceLines(
  due: readonly DueDifference[],
  netBefore: number,
  floorFen: number
): FixedLine[] {
  let room = Math.max(0, netBefore - floorFen)
  const lines: FixedLine[] = []
  for (const [index, difference] of due.entries()) {
    const rest = difference.amountFen - difference.settledFen
    let amountFen = rest
    if (rest < 0) {
      const most = Math.min(-rest, difference.instalmentFen ?? -rest, room)
      room -= most
      amountFen = -most
    } else room += rest
    if (amountFen === 0) continue
    lines.push({
      code: `difference_${difference.id}`,
      name: `${rest > 0 ? ARREARS : RECOVERY}${difference.itemName}`,
      orderNo: FIRST_ORDER + index,
      tax: difference.tax,
      drawsOn: difference.drawsOn,
      amountFen,
      differenceId: difference.id,
      trace: {
        number: difference.number,
        fact: difference.fact,
        wholeFen: difference.amountFen,
        settledFen: difference.settledFen,
        instalmentFen: difference.instalmentFen,
        restFen: rest - amountFen,
      },
    })
  }
  return lines
}

/** What settles a recovery beside the runs: the person paid it back, or it is written off (核销). */
export const SETTLEMENT_WAYS = ['repaid', 'written_off'] as const
export type SettlementWay = (typeof SETTLEMENT_WAYS)[number]

/** Approved, taken back from the person, and not settled to the end. */
export function isOpenRecovery(of: { state: string; amountFen: number; settledFen: number }) {
  return of.state === 'approved' && of.amountFen < 0 && of.settledFen > of.amountFen
}

/** waits: for a run of its unit and class; moved, other_class: for the run that pays the person now. */
export type WhyOpen = 'waits' | 'left' | 'moved' | 'other_class' | 'outside'

interface Payroll {
  unitId: number
  employmentType: string
}

/** Why a recovery is open, by the main place of the person now; null: there is none. */
export function whyOpen(of: Payroll, place: Payroll | null): WhyOpen {
  if (!place) return 'left'
  if (!PAY_CLASSES.some((one) => one === place.employmentType)) return 'outside'
  if (place.unitId !== of.unitId) return 'moved'
  return place.employmentType === of.employmentType ? 'waits' : 'other_class'
}
