import { type FORMAT, hashOf, type PartHashes } from './format.js'

/** Money in fen. */
export interface AssetCounts {
  items: number
  originalFen: number
  netFen: number
}

export const ASSET_COUNTS = ['items', 'originalFen', 'netFen'] as const

/** One unit's assets of one category before and after a division (经营性业务剥离). */
export interface DivestitureRow {
  unit: { code: string; name: string }
  category: string
  before: AssetCounts
  after: AssetCounts
}

export interface DivestitureBody {
  batch: { number: string; title: string; documentNo: string; effectiveDate: string }
  rows: DivestitureRow[]
  auditHead: { seq: number; hash: string }
}

/** All rows of one category together: before must equal after. */
export interface DivestitureSum {
  category: string
  before: AssetCounts
  after: AssetCounts
}

export interface DivestitureCertificate {
  format: typeof FORMAT
  kind: 'divestiture'
  body: DivestitureBody
  deltas: AssetCounts[]
  sums: DivestitureSum[]
  parts: PartHashes
  hash: string
}

export interface ComputedDivestiture {
  deltas: AssetCounts[]
  sums: DivestitureSum[]
  parts: PartHashes
}

/** Deltas row by row, sums per category, hashes of the parts. Pure. */
export function computeDivestiture(body: DivestitureBody): ComputedDivestiture {
  return {
    deltas: body.rows.map(({ before, after }) => combine(after, before, (a, b) => a - b)),
    sums: sumByCategory(body.rows),
    parts: {
      batch: hashOf(body.batch),
      rows: body.rows.map((row) => hashOf(row)),
      auditHead: hashOf(body.auditHead),
    },
  }
}

function sumByCategory(rows: readonly DivestitureRow[]): DivestitureSum[] {
  const sums = new Map<string, DivestitureSum>()
  const add = (a: number, b: number) => a + b
  for (const { category, before, after } of rows) {
    const sum = sums.get(category) ?? { category, before: zero(), after: zero() }
    sum.before = combine(sum.before, before, add)
    sum.after = combine(sum.after, after, add)
    sums.set(category, sum)
  }
  return [...sums.values()]
}

function zero(): AssetCounts {
  return { items: 0, originalFen: 0, netFen: 0 }
}

function combine(a: AssetCounts, b: AssetCounts, operation: (x: number, y: number) => number) {
  const result = zero()
  for (const count of ASSET_COUNTS) result[count] = operation(a[count], b[count])
  return result
}
