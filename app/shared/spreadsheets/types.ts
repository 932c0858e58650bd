/** What a cell holds, read as a value and never as a formula. */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error' | 'blank'

/**
 * `text` is what an office worker reads: a whole number without ".0", at most 15 digits behind a
 * fraction, a date as 'YYYY-MM-DD' (with ' HH:mm:ss' where its format shows a time and it has one).
 * `raw` is what stands in the file: the digits of a number, the serial of a date. `formula` marks a
 * cell whose cached value was read.
 */
export type Cell = {
  readonly text: string
  readonly kind: CellKind
  readonly raw: string
  readonly formula?: true
}

/**
 * A row with at least one cell that is not blank. `number` counts from 1 as the sheet does, so a
 * gap between two rows is a run of blank rows. `cells[0]` is column A; blanks at the end are left
 * out.
 */
export type Row = { readonly number: number; readonly hidden?: true; readonly cells: Cell[] }

/** A merged area by its first and last row and column, all from 1; its value is the first cell's. */
export type Merge = { fromRow: number; fromColumn: number; toRow: number; toColumn: number }

export type SheetInfo = { name: string; hidden: boolean }
export type Sheet = SheetInfo & { rows: Row[]; merges: Merge[] }

export type CsvEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030'
export type CsvDelimiter = ',' | '\t' | ';'

export type TableInfo =
  { format: 'xlsx' } | { format: 'csv'; encoding: CsvEncoding; delimiter: CsvDelimiter }

export type Table = TableInfo & { sheets: Sheet[] }

/** The pieces in which a table is streamed: `table` comes first, rows in the order of the sheet. */
export type TablePart =
  | { type: 'table'; info: TableInfo; sheets: SheetInfo[] }
  | { type: 'rows'; sheet: number; rows: Row[] }
  | { type: 'merges'; sheet: number; merges: Merge[] }

export type Source = { path: string } | { buffer: Buffer }

export const BLANK_CELL: Cell = Object.freeze({ text: '', kind: 'blank', raw: '' })
