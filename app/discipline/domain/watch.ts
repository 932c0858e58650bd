import { addDays } from '#shared/dates'
import { payeeKey } from './spending.js'

/** What the watch looks for; kept with the freeze. */
export interface WatchSettings {
  /** An amount from this share of the ceiling on is near it. */
  nearPercent: number
  /** Within so many days … */
  nearDays: number
  /** … so many of them. */
  nearCount: number
  /** The last days of the freeze. */
  burstDays: number
  /** … that cost this share of what as many days cost before. */
  burstPercent: number
}

export const WATCH_DEFAULTS: WatchSettings = {
  nearPercent: 80,
  nearDays: 15,
  nearCount: 3,
  burstDays: 15,
  burstPercent: 200,
}

export interface Payment {
  id: number
  payee: string
  category: string
  amountFen: number
  spentOn: string
  /** Of its category on its day; null: it has none. */
  ceilingFen: number | null
}

export interface SplitFinding {
  /** The first payment: the cluster keeps its name while it grows. */
  firstId: number
  payee: string
  category: string
  from: string
  to: string
  payments: number
  totalFen: number
  ceilingFen: number
}

/**
 * Many small amounts just below a ceiling to one payee: clusters within the days, of at least the
 * count, that together pass the ceiling (化整为零).
 */
export function findSplits(payments: readonly Payment[], settings: WatchSettings): SplitFinding[] {
  const near = payments.filter(
    ({ ceilingFen, amountFen }) =>
      ceilingFen !== null &&
      amountFen <= ceilingFen &&
      amountFen * 100 >= ceilingFen * settings.nearPercent
  )
  const groups = new Map<string, Payment[]>()
  for (const payment of near) {
    const key = `${payeeKey(payment.payee)}/${payment.category}`
    groups.set(key, [...(groups.get(key) ?? []), payment])
  }
  return [...groups.values()].flatMap((group) =>
    clusters(group, settings.nearDays)
      .filter((cluster) => cluster.length >= settings.nearCount)
      .map(splitOf)
      .filter(({ totalFen, ceilingFen }) => totalFen > ceilingFen)
  )
}

/** Neighbours in time; the first day of each opens its window. */
function clusters(group: readonly Payment[], days: number): Payment[][] {
  const sorted = [...group].sort((a, b) => a.spentOn.localeCompare(b.spentOn) || a.id - b.id)
  const found: Payment[][] = []
  for (const payment of sorted) {
    const open = found.at(-1)
    if (open && payment.spentOn < addDays(open[0].spentOn, days)) open.push(payment)
    else found.push([payment])
  }
  return found
}

function splitOf(cluster: readonly Payment[]): SplitFinding {
  const [first] = cluster
  return {
    firstId: first.id,
    payee: first.payee,
    category: first.category,
    from: first.spentOn,
    to: cluster.at(-1)!.spentOn,
    payments: cluster.length,
    totalFen: cluster.reduce((sum, { amountFen }) => sum + amountFen, 0),
    ceilingFen: first.ceilingFen!,
  }
}

export interface BurstFinding {
  from: string
  to: string
  payments: number
  totalFen: number
  /** What as many days cost before, on average. */
  usualFen: number
}

/**
 * A burst at the end of the freeze (突击花钱): its last days cost much more than as many days before.
 * Null before those days begin, and when there is no whole stretch before to compare with.
 */
export function findBurst(
  payments: readonly Payment[],
  period: { from: string; to: string },
  settings: WatchSettings
): BurstFinding | null {
  const from = addDays(period.to, -settings.burstDays)
  const stretches = wholeStretches(period.from, from, settings.burstDays)
  if (stretches === 0) return null
  const start = addDays(from, -stretches * settings.burstDays)
  const sum = (list: readonly Payment[]) => list.reduce((all, { amountFen }) => all + amountFen, 0)
  const late = payments.filter(({ spentOn }) => spentOn >= from && spentOn < period.to)
  const before = sum(payments.filter(({ spentOn }) => spentOn >= start && spentOn < from))
  const totalFen = sum(late)
  // In whole numbers: total ÷ (before ÷ stretches) above the share.
  if (late.length === 0 || totalFen * stretches * 100 <= before * settings.burstPercent) return null
  const usualFen = Math.floor(before / stretches)
  return { from, to: period.to, payments: late.length, totalFen, usualFen }
}

function wholeStretches(from: string, to: string, days: number): number {
  let count = 0
  for (let at = addDays(to, -days); at >= from; at = addDays(at, -days)) count++
  return count
}
