import type { ImportSheet } from '#shared/ports/imports'
import type { Row } from '#shared/spreadsheets/types'
import { headerKey } from './header_text.js'

/** Field → index of its column, from 0. */
export type ColumnMapping = Record<string, number>

export interface FoundHeader {
  /** Row number of the sheet. */
  row: number
  /** Texts of the header's cells, by column. */
  headers: string[]
  columns: ColumnMapping
  /** Names of required fields without a column. */
  missing: string[]
}

/** Header rows stand under titles, never this far down. */
export const HEADER_WITHIN_ROWS = 30
const FEWEST_MATCHES = 2

/**
 * Finds the row that names the columns: the one of the first rows with most known headers. Null
 * when no row names at least two. The first of two columns with the same header counts.
 */
export function findHeader(sheet: ImportSheet, rows: readonly Row[]): FoundHeader | null {
  let best: FoundHeader | null = null
  for (const row of rows.slice(0, HEADER_WITHIN_ROWS)) {
    const columns = recogniseColumns(sheet, textsOf(row))
    if (Object.keys(columns).length <= Object.keys(best?.columns ?? {}).length) continue
    best = { row: row.number, headers: textsOf(row), columns, missing: [] }
  }
  if (!best || Object.keys(best.columns).length < FEWEST_MATCHES) return null
  return { ...best, missing: missingFields(sheet, best.columns) }
}

/** Columns by the official header or a synonym; the official one wins over a synonym. */
export function recogniseColumns(sheet: ImportSheet, headers: readonly string[]): ColumnMapping {
  const keys = headers.map(headerKey)
  const columns: ColumnMapping = {}
  const taken = new Set<number>()
  for (const namesOf of [officialOf, synonymsOf]) {
    for (const field of sheet.fields) {
      if (field.name in columns) continue
      const names = namesOf(field).map(headerKey)
      const at = keys.findIndex((key, index) => !taken.has(index) && names.includes(key))
      if (at < 0) continue
      columns[field.name] = at
      taken.add(at)
    }
  }
  return columns
}

/** Names of the required fields that have no column. */
export function missingFields(sheet: ImportSheet, columns: ColumnMapping): string[] {
  return sheet.fields
    .filter((field) => field.required && !(field.name in columns))
    .map((field) => field.name)
}

/** What a mapping by hand is remembered under: the same headers in the same order. */
export function headerSignature(headers: readonly string[]): string {
  return headers.map(headerKey).join('|')
}

type Named = ImportSheet['fields'][number]
const officialOf = (field: Named) => [field.header]
const synonymsOf = (field: Named) => [...field.synonyms]

function textsOf(row: Row): string[] {
  return row.cells.map(({ text }) => text.trim())
}
