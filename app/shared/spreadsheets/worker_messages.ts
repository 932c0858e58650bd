import type { SpreadsheetErrorCode, SpreadsheetErrorParams } from './errors.js'
import type { Limits } from './limits.js'
import type { Row, TablePart } from './types.js'

export type WorkerInput = { path: string; fileName: string; limits: Partial<Limits> }

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
 * Cuts rows into pieces that the main thread takes over in a few milliseconds: at most 400 rows,
 * and fewer when they are wide or long.
 */
export function* pieces(rows: Row[]): Generator<Row[]> {
  let from = 0
  let cells = 0
  let chars = 0
  for (const [index, row] of rows.entries()) {
    cells += row.cells.length
    for (const cell of row.cells) chars += cell.text.length
    if (index + 1 - from < ROWS && cells < CELLS && chars < CHARS) continue
    yield rows.slice(from, index + 1)
    from = index + 1
    cells = chars = 0
  }
  if (from < rows.length) yield rows.slice(from)
}
