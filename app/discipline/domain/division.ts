import type { DivestitureRow } from '#shared/certificates/divestiture'
import { ASSET_CATEGORIES, type AssetCategory } from './assets.js'

/** Assets of one category in one unit; money in fen. */
export interface Holding {
  unitId: number
  category: AssetCategory
  items: number
  originalFen: number
  netFen: number
}

const EMPTY = { items: 0, originalFen: 0, netFen: 0 }

/**
 * Rows of the certificate: each unit in the order given, its categories below it; what is empty
 * before and after is left out.
 */
export function divisionRows(
  units: readonly { id: number; code: string; name: string }[],
  before: readonly Holding[],
  after: readonly Holding[]
): DivestitureRow[] {
  const counts = (list: readonly Holding[], unitId: number, category: AssetCategory) => {
    const found = list.find((one) => one.unitId === unitId && one.category === category)
    return found
      ? { items: found.items, originalFen: found.originalFen, netFen: found.netFen }
      : EMPTY
  }
  return units
    .flatMap(({ id, code, name }) =>
      ASSET_CATEGORIES.map((category) => ({
        unit: { code, name },
        category: category as string,
        before: { ...counts(before, id, category) },
        after: { ...counts(after, id, category) },
      }))
    )
    .filter((row) => row.before.items > 0 || row.after.items > 0)
}

export interface DivisionLine {
  fromUnitId: number
  toUnitId: number
  category: AssetCategory
  originalFen: number
  netFen: number
}

/** The holdings that executing the lines would give. */
export function projectHoldings(
  before: readonly Holding[],
  lines: readonly DivisionLine[]
): Holding[] {
  const holdings = new Map(before.map((one) => [`${one.unitId}/${one.category}`, { ...one }]))
  const add = (unitId: number, line: DivisionLine, sign: 1 | -1) => {
    const key = `${unitId}/${line.category}`
    const found = holdings.get(key) ?? { unitId, category: line.category, ...EMPTY }
    found.items += sign
    found.originalFen += sign * line.originalFen
    found.netFen += sign * line.netFen
    holdings.set(key, found)
  }
  for (const line of lines) {
    add(line.fromUnitId, line, -1)
    add(line.toUnitId, line, 1)
  }
  return [...holdings.values()]
}
