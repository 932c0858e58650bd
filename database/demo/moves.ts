import { monthsBetween } from '#shared/dates'

/**
 * How the sample workbooks move to today: births (and identity numbers) by whole years, everything
 * else by whole months, each workbook by its own number. The reform's transfers, fixed for March
 * 2022 in the sample, take effect on the first day of the last full quarter, so that the
 * workbook of that quarter's results fits to it.
 */
export interface Moves {
  /** First day of the last full quarter before today: the main batch takes effect. */
  quarter: string
  /** Whole years for births, identity numbers and the years in document numbers. */
  years: number
  /** Whole months, by workbook. */
  months: Record<string, number>
}

const REFORM_WORKBOOKS = [
  'reform-plan.xlsx',
  'posts.xlsx',
  'quotas.xlsx',
  'rosters/tv-station.xlsx',
  'rosters/newspaper.xlsx',
  'rosters/opinion-centre.gbk.csv',
  'selection/contracts.xlsx',
  'selection/round-1.xlsx',
  'pay/wage-base.xlsx',
]

/** The one table of the demo's dates. */
export function movesFor(today: string): Moves {
  const quarter = lastFullQuarter(today)
  const reform = monthsBetween('2022-03', quarter.slice(0, 7))
  const months = Object.fromEntries(REFORM_WORKBOOKS.map((name) => [name, reform]))
  // Its second quarter of 2022 stands for the last full quarter.
  months['pay/2022-q2.xlsx'] = monthsBetween('2022-04', quarter.slice(0, 7))
  return { quarter, years: Math.round(reform / 12), months }
}

function lastFullQuarter(today: string): string {
  const [year, month] = today.split('-').map(Number)
  const index = Math.floor((month - 1) / 3) - 1
  return index < 0 ? `${year - 1}-10-01` : `${year}-${String(index * 3 + 1).padStart(2, '0')}-01`
}
