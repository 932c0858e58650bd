import type { RosterContext, RosterRow, RosterVerdict } from './roster_finding.js'
import { checkRosterRow, skipped } from './roster_row.js'

/**
 * Judges the data rows of one roster in the order of the sheet. Gaps in the row numbers are blank
 * rows that the reader does not deliver: one verdict for each run of them.
 */
export function* checkRosterRows(
  rows: Iterable<RosterRow>,
  context: Omit<RosterContext, 'earlierRow'>
): Generator<RosterVerdict> {
  const seen = new Map<string, number>()
  const earlierRow = (identityNo: string) => seen.get(identityNo) ?? null
  let previous: number | null = null
  for (const row of rows) {
    if (previous !== null && row.number > previous + 1) {
      const until = row.number - 1
      yield skipped(previous + 1, until > previous + 1 ? { until } : {})
    }
    previous = row.number
    const verdict = checkRosterRow(row, { ...context, earlierRow })
    const { identityNo } = verdict
    if (identityNo && !seen.has(identityNo)) seen.set(identityNo, row.number)
    yield verdict
  }
}
