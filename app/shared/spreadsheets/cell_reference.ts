import { LAST_COLUMN, LAST_ROW } from './limits.js'
import type { Merge } from './types.js'

export type Reference = { column: number; row: number }

/**
 * Reads "AB12" from the ASCII bytes `[start, end)` into `found`, which is used again for every
 * cell, without ever computing beyond the last cell that exists; false when it is not a reference
 * or lies outside a sheet.
 */
export function parseReference(
  bytes: Uint8Array,
  start: number,
  end: number,
  found: Reference
): boolean {
  let position = start
  let column = 0
  for (; position < end && position < start + 4; position++) {
    // lower case differs by one bit
    const letter = (bytes[position] & 0xdf) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  const digits = end - position
  if (column === 0 || column > LAST_COLUMN || digits < 1 || digits > 7) return false
  let row = 0
  for (; position < end; position++) {
    const digit = bytes[position] - 48
    if (digit < 0 || digit > 9) return false
    row = row * 10 + digit
  }
  found.column = column
  found.row = row
  return row >= 1 && row <= LAST_ROW
}

/** Reads "A1:C3"; null when it is not an area. */
export function parseArea(text: string): Merge | null {
  const corners = text.split(':', 3).map((corner) => {
    const bytes = Buffer.from(corner)
    const found = { column: 0, row: 0 }
    return parseReference(bytes, 0, bytes.length, found) ? found : null
  })
  const from = corners[0]
  const to = corners.at(-1)
  if (!from || !to || corners.length > 2 || to.row < from.row || to.column < from.column) {
    return null
  }
  return { fromRow: from.row, fromColumn: from.column, toRow: to.row, toColumn: to.column }
}

/** The letters of a column: 1 → A, 27 → AA. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}
