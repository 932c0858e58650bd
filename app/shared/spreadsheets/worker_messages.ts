import type { SpreadsheetErrorCode, SpreadsheetErrorParams } from './errors.js'
import type { Limits } from './limits.js'
import { RowPacker, type PackedRows } from './packed_rows.js'
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
  let packer = new RowPacker()
  let sheet = 0
  const piece = (): PackedPart => {
    const rows = packer.packed()
    packer = new RowPacker()
    return { type: 'rows', sheet, rows }
  }
  for await (const part of parts) {
    if (packer.rows > 0 && (part.type !== 'rows' || part.sheet !== sheet)) yield piece()
    if (part.type !== 'rows') {
      yield part
      continue
    }
    sheet = part.sheet
    for (const row of part.rows) {
      packer.add(row)
      if (packer.rows >= ROWS || packer.cells >= CELLS || packer.chars >= CHARS) yield piece()
    }
  }
  if (packer.rows > 0) yield piece()
}
