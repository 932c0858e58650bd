import type { ImportDefinition, ImportSheet } from '#shared/ports/imports'
import type { Row, SheetInfo } from '#shared/spreadsheets/types'
import { findHeader, HEADER_WITHIN_ROWS, type FoundHeader } from './header.js'

/** The first rows of one sheet of the file. */
export interface SheetHead extends SheetInfo {
  index: number
  rows: Row[]
}

/** A sheet of the file that is one of the definition's, and how it is read. */
export interface MatchedSheet {
  key: string
  /** Place among the sheets of the file, from 0. */
  index: number
  name: string
  headerRow: number
  headers: string[]
  columns: Record<string, number>
  missing: string[]
}

type Sheets = Pick<ImportDefinition, 'sheets'>['sheets']
interface Candidate {
  sheet: ImportSheet
  head: SheetHead
  header: FoundHeader
  score: number
}

/** Rows of a sheet that are kept for recognition. */
export const HEAD_ROWS = HEADER_WITHIN_ROWS

/**
 * Gives each sheet of the definition the sheet of the file that fits it best: most known columns,
 * then a name that speaks for it, then one that is shown. Sheets of instructions fit nothing.
 */
export function matchSheets(sheets: Sheets, heads: readonly SheetHead[]): MatchedSheet[] {
  const candidates = sheets.flatMap((sheet) => heads.flatMap((head) => candidate(sheet, head)))
  candidates.sort((a, b) => b.score - a.score || a.head.index - b.head.index)
  const matched = new Map<string, MatchedSheet>()
  const taken = new Set<number>()
  for (const { sheet, head, header } of candidates) {
    if (matched.has(sheet.key) || taken.has(head.index)) continue
    taken.add(head.index)
    matched.set(sheet.key, {
      key: sheet.key,
      index: head.index,
      name: head.name,
      headerRow: header.row,
      headers: header.headers,
      columns: header.columns,
      missing: header.missing,
    })
  }
  return sheets.flatMap((sheet) => matched.get(sheet.key) ?? [])
}

/** Nothing that comes later in the file can fit better. */
export function isCertain(sheets: Sheets, heads: readonly SheetHead[]): boolean {
  const matched = matchSheets(sheets, heads)
  return sheets.every((sheet) => {
    const match = matched.find(({ key }) => key === sheet.key)
    const all = match && Object.keys(match.columns).length === sheet.fields.length
    return match && match.missing.length === 0 && (all || sheet.names.includes(match.name))
  })
}

function candidate(sheet: ImportSheet, head: SheetHead): Candidate[] {
  const header = findHeader(sheet, head.rows)
  if (!header) return []
  const named = sheet.names.includes(head.name)
  // two known headers by chance (名称, 备注) are no sheet of the kind unless its name says so
  const required = sheet.fields.filter((field) => field.required).length
  if (!named && header.missing.length * 2 > required) return []
  const score =
    Object.keys(header.columns).length * 10 -
    header.missing.length * 5 +
    (named ? 15 : 0) -
    (head.hidden ? 4 : 0)
  return [{ sheet, head, header, score }]
}
