import { COUNTS, hashOf } from './format.js'
import type { ConservationBody, ConservationRow, ConservationSum } from './format.js'
import type { Counts, PartHashes } from './format.js'

/** What is computed from the body; seal and check compute it alike. */
export interface Computed {
  deltas: Counts[]
  sums: ConservationSum[]
  parts: PartHashes
}

/** Deltas row by row, sums per funding and employment type, hashes of the parts. Pure. */
export function computeConservation(body: ConservationBody): Computed {
  return {
    deltas: body.rows.map(({ before, after }) => combine(after, before, (a, b) => a - b)),
    sums: sumRows(body.rows),
    parts: {
      batch: hashOf(body.batch),
      rows: body.rows.map((row) => hashOf(row)),
      auditHead: hashOf(body.auditHead),
    },
  }
}

/** One sum for each funding and employment type, in the order in which they first appear. */
export function sumRows(rows: readonly ConservationRow[]): ConservationSum[] {
  const sums = new Map<string, ConservationSum>()
  const add = (a: number, b: number) => a + b
  for (const { fundingType, employmentType, before, after } of rows) {
    const key = `${fundingType} ${employmentType}`
    const sum = sums.get(key) ?? { fundingType, employmentType, before: zero(), after: zero() }
    sum.before = combine(sum.before, before, add)
    sum.after = combine(sum.after, after, add)
    sums.set(key, sum)
  }
  return [...sums.values()]
}

function zero(): Counts {
  return { people: 0, quota: 0, vacant: 0 }
}

function combine(a: Counts, b: Counts, operation: (x: number, y: number) => number): Counts {
  const result = zero()
  for (const count of COUNTS) result[count] = operation(a[count], b[count])
  return result
}
