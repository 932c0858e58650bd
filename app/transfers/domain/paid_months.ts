import { monthOf, shiftMonth } from '#shared/dates'

/**
 * The month of a move (rules.md): everybody is paid by exactly one unit for each month. A move on
 * the first of a month leaves that month to the new unit; a move later in the month is paid to the
 * month's end by the old one. The two months are always consecutive.
 */
export function paidMonths(effectiveOn: string): { paidThrough: string; paidFrom: string } {
  const month = monthOf(effectiveOn)
  const paidFrom = effectiveOn.endsWith('-01') ? month : shiftMonth(month, 1)
  return { paidThrough: shiftMonth(paidFrom, -1), paidFrom }
}
