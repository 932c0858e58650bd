import { cellValue, neutraliseText, type CellInput, type ColumnKind } from './cell_value.js'
import { writeTo, type Target } from './output.js'
import type { RegisterSheet } from './sheet_xml.js'

const PIECE_CHARS = 64 * 1024
const BYTE_ORDER_MARK = '\ufeff'
// every sign that some edition takes for a delimiter, so that no part of a text becomes a cell
const QUOTED = /[",;\t\r\n|]|^\s|\s$/
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g

/**
 * Writes a table as CSV: UTF-8 with byte order mark, commas, CRLF, which office programs open
 * without asking. Text that looks like a formula gets the `'` that `readCsv` takes off again;
 * control characters, for which CSV has no notation, become U+FFFD. Throws SpreadsheetError for a
 * value that does not fit its column.
 */
export async function writeCsv(
  target: Target,
  table: Pick<RegisterSheet, 'columns' | 'rows'>
): Promise<void> {
  const kinds = table.columns.map((column) => column.kind ?? 'text')
  await writeTo(target, async (write) => {
    const headers = table.columns.map((column) => csvField('text', column.header))
    let piece = `${BYTE_ORDER_MARK}${csvLine(headers)}`
    for await (const row of table.rows) {
      piece += csvLine(kinds.map((kind, index) => csvField(kind, row[index])))
      if (piece.length < PIECE_CHARS) continue
      await write(Buffer.from(piece))
      piece = ''
    }
    await write(Buffer.from(piece))
  })
}

/** One value as a field of a CSV line. */
export function csvField(kind: ColumnKind, value: CellInput): string {
  const cell = cellValue(kind, value)
  if (cell.type === 'blank') return ''
  if (cell.type === 'number' || cell.type === 'money') return cell.digits
  const text = neutraliseText(cell.text.replace(CONTROLS, '\ufffd'))
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function csvLine(fields: string[]): string {
  return `${fields.join(',')}\r\n`
}
