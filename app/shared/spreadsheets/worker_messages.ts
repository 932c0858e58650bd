import type { SpreadsheetErrorCode, SpreadsheetErrorParams } from './errors.js'
import type { Limits } from './limits.js'
import { addRow, packRows, type PackedRows } from './packed_rows.js'
import type { TablePart } from './types.js'

/** A file to read; then for each part that it was taken over, or that no more of them are wanted. */
export type WorkerTask =
  { path: string; fileName: string; limits: Partial<Limits> } | 'taken' | 'stop'

/** A piece of a table as it comes from the thread. */
export type PackedPart =
  Exclude<TablePart, { type: 'rows' }> | { type: 'rows'; sheet: number; rows: PackedRows }

export type WorkerMessage =
  | { type: 'part'; part: PackedPart }
  | { type: 'end' }
  | { type: 'refused'; code: SpreadsheetErrorCode; params: SpreadsheetErrorParams }

/** Parts sent ahead of the consumer: reading and staging overlap, memory stays flat. */
export const PARTS_AHEAD = 3

const ROWS = 400
const CELLS = 8_000
const CHARS = 1_000_000

/**
 * Packs the rows of a sheet anew into pieces that the main thread takes over in a few milliseconds:
 * 400 rows, fewer when they are wide or long. Small ones, as they come out of the zip, would cost
 * their receiver a query and a transaction each.
 */
export async function* packed(parts: AsyncIterable<TablePart>): AsyncGenerator<PackedPart> {
  let piece: Extract<PackedPart, { type: 'rows' }> | null = null
  let chars = 0
  for await (const part of parts) {
    if (part.type !== 'rows' || part.sheet !== piece?.sheet) {
      if (piece) yield piece
      piece = null
    }
    if (part.type !== 'rows') {
      yield part
      continue
    }
    for (const row of part.rows) {
      if (!piece) {
        piece = { ...part, rows: packRows() }
        chars = 0
      }
      const { rows } = piece
      addRow(rows, row)
      for (const cell of row.cells) chars += cell.text.length
      if (rows.numbers.length < ROWS && rows.texts.length < CELLS && chars < CHARS) continue
      yield piece
      piece = null
    }
  }
  if (piece) yield piece
}
