import { columnLetters } from './cell_reference.js'
import { cellValue, type CellInput, type ColumnKind } from './cell_value.js'
import { SpreadsheetError } from './errors.js'
import { LAST_COLUMN, LAST_ROW } from './limits.js'
import { BODY, HEADER, MAIN, TITLE, XML_HEAD } from './sheet_styles.js'
import { escapeXml } from './xml_escape.js'

export type RegisterColumn = {
  header: string
  /** in characters, as spreadsheet programs count it */
  width?: number
  kind?: ColumnKind
}

export type RegisterSheet = {
  name: string
  columns: RegisterColumn[]
  rows: Iterable<readonly CellInput[]> | AsyncIterable<readonly CellInput[]>
}

const PIECE_CHARS = 64 * 1024

function textCell(reference: string, style: number, text: string): string {
  const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : ''
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t${space}>${escapeXml(text)}</t></is></c>`
}

/** Streams the markup of one sheet in pieces of some 64 KB. Text is a typed string cell always. */
export async function* sheetXml(sheet: RegisterSheet, title?: string): AsyncGenerator<string> {
  const { columns } = sheet
  if (columns.length === 0 || columns.length > LAST_COLUMN) {
    throw new SpreadsheetError('too_many_columns', { value: LAST_COLUMN })
  }
  const letters = columns.map((_, index) => columnLetters(index + 1))
  const kinds = columns.map((column) => column.kind ?? 'text')
  let piece = sheetHead(columns, title) + titleAndHeader(columns, letters, title)
  let row = headerRow(title)
  for await (const values of sheet.rows) {
    if (++row > LAST_ROW) throw new SpreadsheetError('too_many_rows', { value: LAST_ROW })
    piece += `<row r="${row}">`
    for (const [index, letter] of letters.entries()) {
      piece += bodyCell(letter + row, kinds[index], values[index])
    }
    piece += '</row>'
    if (piece.length < PIECE_CHARS) continue
    yield piece
    piece = ''
  }
  yield `${piece}</sheetData>${sheetTail(letters, title)}`
}

function bodyCell(reference: string, kind: ColumnKind, value: CellInput): string {
  const cell = cellValue(kind, value)
  const style = BODY[kind]
  switch (cell.type) {
    case 'blank':
      return `<c r="${reference}" s="${style}"/>`
    case 'text':
      return textCell(reference, BODY.text, cell.text)
    case 'date':
      return `<c r="${reference}" s="${style}"><v>${cell.serial}</v></c>`
    default:
      return `<c r="${reference}" s="${style}"><v>${cell.digits}</v></c>`
  }
}

/** The sheet row that holds the headers: below the title where there is one. */
export function headerRow(title?: string): number {
  return title ? 2 : 1
}

function sheetHead(columns: RegisterColumn[], title?: string): string {
  const top = headerRow(title)
  const widths = columns.map(
    ({ width = 12 }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`
  )
  return (
    `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${top}" topLeftCell="A${top + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>`
  )
}

function titleAndHeader(columns: RegisterColumn[], letters: string[], title?: string): string {
  const row = headerRow(title)
  const headers = columns.map(({ header }, index) => textCell(letters[index] + row, HEADER, header))
  const first = title
    ? `<row r="1" ht="30" customHeight="1">${textCell('A1', TITLE, title)}</row>`
    : ''
  return `${first}<row r="${row}">${headers.join('')}</row>`
}

function sheetTail(letters: string[], title?: string): string {
  const merged = title && letters.length > 1
  return (
    (merged ? `<mergeCells count="1"><mergeCell ref="A1:${letters.at(-1)}1"/></mergeCells>` : '') +
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
  )
}
