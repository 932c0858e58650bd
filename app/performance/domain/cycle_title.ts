import type { CycleKind } from './codes.js'
import { periodTitle } from './periods.js'

export interface TitledCycle {
  title: string
  kind: CycleKind
  period: { from: string }
}

/** A review that nobody named is called by its period, in the language of the reader. */
export function cycleTitle(
  t: (key: string, params?: Record<string, string>) => string,
  { title, kind, period: { from } }: TitledCycle
): string {
  if (title !== periodTitle(kind, from)) return title
  const month = Number(from.slice(5, 7))
  return t('performance.cycle_title', {
    kind,
    year: from.slice(0, 4),
    month: String(month),
    quarter: String(Math.ceil(month / 3)),
  })
}
