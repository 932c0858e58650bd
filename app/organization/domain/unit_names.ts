import { toHalfWidth, withoutSpaces } from './text.js'

/** 法定名称, 加挂牌子, 简称. The order is the order of precedence. */
export const UNIT_NAME_KINDS = ['legal', 'additional', 'alias'] as const
export type UnitNameKind = (typeof UNIT_NAME_KINDS)[number]

/** A dated name of a unit, valid in `[validFrom, validTo)`; null means open. */
export interface UnitNameRow {
  unitId: number
  name: string
  kind: UnitNameKind
  validFrom: string | null
  validTo: string | null
}

export type UnitNameResult =
  | { status: 'found'; unitId: number; matched: UnitNameRow }
  | { status: 'ambiguous'; candidates: UnitNameRow[] }
  /** `otherDates`: units that bear the name, but not on this date. Shown, never taken. */
  | { status: 'unknown'; otherDates: UnitNameRow[] }

/**
 * Finds the unit that a document means by a name, as of the document's date. Spaces, full-width
 * forms and styles of brackets do not count. The name as written comes first; only when nobody
 * bears it is a leading 市 left out on both sides (报社 for 市报社). At each of the two steps a
 * legal name wins over an additional one and that over an alias; two units on the same step are
 * ambiguous: the user is asked, nothing is guessed.
 */
export function resolveUnitName(
  name: string,
  date: string,
  names: readonly UnitNameRow[]
): UnitNameResult {
  const bearers = { exact: [] as UnitNameRow[], loose: [] as UnitNameRow[] }
  const exact = unitNameKey(name)
  if (exact === '') return { status: 'unknown', otherDates: [] }
  for (const row of names) {
    const key = unitNameKey(row.name)
    if (key === exact) bearers.exact.push(row)
    else if (withoutCity(key) === withoutCity(exact)) bearers.loose.push(row)
  }
  for (const rows of [bearers.exact, bearers.loose]) {
    for (const kind of UNIT_NAME_KINDS) {
      const hits = onePerUnit(rows.filter((row) => row.kind === kind && isValidOn(row, date)))
      if (hits.length === 1) return { status: 'found', unitId: hits[0].unitId, matched: hits[0] }
      if (hits.length > 1) return { status: 'ambiguous', candidates: hits }
    }
  }
  return { status: 'unknown', otherDates: onePerUnit([...bearers.exact, ...bearers.loose]) }
}

/** The name as it is compared: half-width, no spaces, one style of brackets, no trailing colon. */
export function unitNameKey(name: string): string {
  return withoutSpaces(toHalfWidth(name))
    .replace(/[〔【[{「『]/g, '(')
    .replace(/[〕】\]}」』]/g, ')')
    .replace(/[:：]$/, '')
    .toUpperCase()
}

function withoutCity(key: string): string {
  return key.length > 1 && key.startsWith('市') ? key.slice(1) : key
}

function isValidOn(row: UnitNameRow, date: string): boolean {
  return (row.validFrom ?? '') <= date && (row.validTo === null || date < row.validTo)
}

function onePerUnit(rows: UnitNameRow[]): UnitNameRow[] {
  return [...new Map(rows.map((row) => [row.unitId, row])).values()].sort(
    (a, b) => a.unitId - b.unitId
  )
}
