import { commitsSoFar, toInt, type Row } from './database.js'

/** From this many rows on a count costs more than the page around it. */
const LARGE = 5_000
const KEPT_MS = 2_000
const MOST = 200

const kept = new Map<string, { rows: Row[]; until: number; commits: number }>()

/**
 * Counts of a query, each row with its `total`. Those of a large city are kept for two seconds or
 * until this process commits anything, whichever is first: hundreds who look at the same list have it
 * counted once. `key` says everything that the query depends on. What is smaller is counted every
 * time.
 */
export async function keptCounts(key: unknown, count: () => Promise<Row[]>): Promise<Row[]> {
  const name = kept.size ? JSON.stringify(key) : ''
  const known = kept.get(name)
  if (known && known.commits === commitsSoFar() && performance.now() < known.until)
    return known.rows
  const commits = commitsSoFar()
  const rows = await count()
  const total = rows.reduce((sum, row) => sum + toInt(row.total), 0)
  if (total < LARGE) return rows
  if (kept.size >= MOST) kept.clear()
  kept.set(JSON.stringify(key), { rows, until: performance.now() + KEPT_MS, commits })
  return rows
}
