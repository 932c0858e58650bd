import type { PayClass } from '../domain/runs.js'
import { sumOf, type UseOfYear, type UseRow } from '../queries/use_of_totals.js'

/** Approved, allotted, used, left and the share of use, of all of these together. */
export function useFigures(rows: readonly UseRow[]) {
  const sum = (name: 'approvedFen' | 'allottedFen' | 'usedFen') =>
    sumOf(rows.map((row) => row[name]))
  const [approvedFen, allottedFen, usedFen] = [
    sum('approvedFen'),
    sum('allottedFen'),
    sum('usedFen'),
  ]
  return {
    approvedFen,
    allottedFen,
    usedFen,
    leftFen: approvedFen - usedFen,
    rate: approvedFen > 0 ? `${((usedFen / approvedFen) * 100).toFixed(1)}%` : '—',
  }
}

export interface MonthOfUse {
  month: string
  totalId: number
  unitName: string
  employmentType: PayClass
  basic: number
  incentive: number
  whole: number
}

/** What each unit and class drew month by month, months with nothing left out, and the sums. */
export function useByMonth({ rows, months }: UseOfYear) {
  const byTotal = [...Map.groupBy(rows, ({ totalId }) => totalId).values()]
  const list = months.flatMap((month) =>
    byTotal.flatMap((parts): MonthOfUse[] => {
      const drawn = (part: string) => parts.find((row) => row.part === part)?.months.get(month) ?? 0
      const [basic, incentive] = [drawn('basic'), drawn('incentive')]
      if (basic === 0 && incentive === 0) return []
      const { totalId, unitName, employmentType } = parts[0]
      return [
        { month, totalId, unitName, employmentType, basic, incentive, whole: basic + incentive },
      ]
    })
  )
  const sum = (name: 'basic' | 'incentive' | 'whole') => sumOf(list.map((row) => row[name]))
  return {
    months: list,
    sums: { basic: sum('basic'), incentive: sum('incentive'), whole: sum('whole') },
  }
}
