import { IMPORT_LEVELS, type ImportEffect, type ImportLevel } from '#shared/ports/imports'

/** Totals of a dry run. */
export type ImportTotals = Record<ImportLevel | ImportEffect, number> & { rows: number }

const EFFECTS: readonly ImportEffect[] = ['create', 'update', 'same', 'none']

export function emptyTotals(): ImportTotals {
  const names = [...IMPORT_LEVELS, ...EFFECTS]
  return { ...(Object.fromEntries(names.map((name) => [name, 0])) as ImportTotals), rows: 0 }
}

/** Counts one row: blank rows are skipped ones and no data rows. */
export function countRow(totals: ImportTotals, level: ImportLevel, effect: ImportEffect): void {
  totals[level]++
  if (level === 'skipped') return
  totals.rows++
  totals[effect]++
}

/** Rows that a commit takes over. */
export function isAccepted(level: ImportLevel): boolean {
  return level === 'ok' || level === 'note' || level === 'warning'
}
