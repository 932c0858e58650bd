import {
  lastWorkdayOfMonth,
  previousWorkday,
  type CalendarDays,
} from '#calendar/domain/working_days'
import { addDays, addMonths, shiftMonth } from '#shared/dates'
import { solveSchedule } from './schedule/solve.js'
import { engineCalendar } from './forecast.js'
import type { Plan, PlanItem } from './plan.js'

/** An item is fixed earlier than one that it waits for allows. */
export interface DateConflict {
  fromId: number
  toId: number
}

export interface DateChange {
  itemId: number
  before: string
  after: string
}

/** Pairs of fixed dates that contradict each other, whatever has happened since. */
export function dateConflicts(plan: Plan, calendar: CalendarDays): DateConflict[] {
  const fixed = new Set(plan.items.filter(({ fixedOn }) => fixedOn).map(({ id }) => id))
  const items = plan.items.filter(({ id }) => fixed.has(id))
  const { conflicts } = solveSchedule({
    calendar: engineCalendar(calendar),
    start: plan.startsOn,
    tasks: items.map(({ id, duration, fixedOn }) => ({
      id: String(id),
      duration,
      fixedFinish: fixedOn,
      after: plan.links
        .filter(({ fromId, toId }) => toId === id && fixed.has(fromId))
        .map(({ fromId, type, lag }) => ({ id: String(fromId), type, lag })),
    })),
  })
  const pairs = conflicts
    .filter(({ kind }) => kind === 'fixed_before_predecessor')
    .map(({ task, because }) => ({ fromId: Number(because[0]), toId: Number(task) }))
  return pairs.filter((pair, index) => pairs.findIndex((other) => same(other, pair)) === index)
}

/** The items whose dates nothing may be computed from. */
export function disputedItems(conflicts: readonly DateConflict[]): Set<number> {
  return new Set(conflicts.flatMap(({ fromId, toId }) => [fromId, toId]))
}

/**
 * The likely slip of the year: the item before is meant one year earlier, and with it those before
 * it that would then be too late. Null when that does not make the conflict go without a new one.
 */
export function yearSlip(
  plan: Plan,
  calendar: CalendarDays,
  conflict: DateConflict
): DateChange[] | null {
  const known = dateConflicts(plan, calendar)
  const wanted = new Set([conflict.fromId])
  for (;;) {
    const changes = plan.items.filter(({ id }) => wanted.has(id)).map(yearBefore)
    const left = dateConflicts(withDates(plan, changes), calendar)
    const fresh = left.filter((pair) => !known.some((other) => same(other, pair)))
    if (fresh.length === 0) return left.some((pair) => same(pair, conflict)) ? null : changes
    if (fresh.some(({ fromId }) => wanted.has(fromId))) return null
    for (const { fromId } of fresh) wanted.add(fromId)
  }

  function yearBefore({ id, fixedOn, fixedMonth }: PlanItem): DateChange {
    const after = fixedMonth
      ? lastWorkdayOfMonth(calendar, shiftMonth(fixedMonth, -12))
      : previousWorkday(calendar, addDays(addMonths(fixedOn!, -12), 1))
    return { itemId: id, before: fixedOn!, after }
  }
}

/** The plan with other fixed dates; a date that was given as a day is no month any more. */
export function withDates<Item extends PlanItem>(
  plan: Plan<Item>,
  changes: readonly { itemId: number; after: string | null }[]
): Plan<Item> {
  const dates = new Map(changes.map(({ itemId, after }) => [itemId, after]))
  const items = plan.items.map((item) =>
    dates.has(item.id) ? { ...item, fixedOn: dates.get(item.id)! } : item
  )
  return { ...plan, items }
}

/** What is new in the second list. */
export function newConflicts(before: readonly DateConflict[], after: readonly DateConflict[]) {
  return after.filter((pair) => !before.some((other) => same(other, pair)))
}

export function same(one: DateConflict, other: DateConflict): boolean {
  return one.fromId === other.fromId && one.toId === other.toId
}
