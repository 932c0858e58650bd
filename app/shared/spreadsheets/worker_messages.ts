import type { SpreadsheetErrorCode, SpreadsheetErrorParams } from './errors.js'
import type { Limits } from './limits.js'
import type { Row, TablePart } from './types.js'

/** A file to read; then for each part that it was taken over, or that no more of them are wanted. */
export type WorkerTask =
  { path: string; fileName: string; limits: Partial<Limits> } | 'taken' | 'stop'

export type WorkerMessage =
  | { type: 'part'; part: TablePart }
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
export async function* packed(parts: AsyncIterable<TablePart>): AsyncGenerator<TablePart> {
  let piece: { type: 'rows'; sheet: number; rows: Row[] } | null = null
  let cells = 0
  let chars = 0
  for await (const part of parts) {
    if (part.type !== 'rows' || part.sheet !== piece?.sheet) {
      if (piece?.rows.length) yield piece
      piece = null
    }
    if (part.type !== 'rows') {
      yield part
      continue
    }
    for (const row of part.rows) {
      if (!piece) {
        piece = { ...part, rows: [] }
        cells = chars = 0
      }
      piece.rows.push(row)
      cells += row.cells.length
      for (const cell of row.cells) chars += cell.text.length
      if (piece.rows.length < ROWS && cells < CELLS && chars < CHARS) continue
      yield piece
      piece = null
    }
  }
  if (piece) yield piece
}
