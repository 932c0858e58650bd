import { Writable } from 'node:stream'
import type { AddWorksheetOptions, Cell, Row, Worksheet } from 'exceljs'
import { cellValue, type CellInput, type ColumnKind } from './cell_value.js'
import { sheetNames } from './register_writer.js'
import type { RegisterColumn } from './sheet_xml.js'
import { escapeCharacters } from './xml_escape.js'

/** One sheet of an official document: a title, a table, and lines to sign. */
export type OfficialSheet = {
  name: string
  title: string
  /** the number of the document, right-aligned under the title */
  documentNo?: string
  /** lines above the table, such as unit and date */
  notes?: string[]
  columns: RegisterColumn[]
  rows: readonly (readonly CellInput[])[]
  /** a last row of the table, already computed by the caller; the kinds are those of the columns */
  totals?: readonly CellInput[]
  /** one line under the table with room behind each part: '制表人：', '审核人：', … */
  signatures?: string[]
  landscape?: boolean
}

const FONT = '宋体'
const TITLE_FONT = '方正小标宋简体'
const FORMATS: Record<ColumnKind, string> = {
  text: '@',
  number: 'General',
  money_fen: '#,##0.00',
  date: 'yyyy-mm-dd',
}
/** eight full-width spaces: room for a name */
const SPACE_TO_SIGN = '　'.repeat(8)
const LINE = { style: 'thin' } as const
const BORDER = { top: LINE, left: LINE, bottom: LINE, right: LINE }

/**
 * A workbook of small official documents (hundreds of rows; larger tables go through
 * `writeRegister`), one sheet each, ready to print on A4 with the header on every page. Throws
 * SpreadsheetError for a value that does not fit its column.
 */
export async function officialWorkbook(sheets: OfficialSheet[]): Promise<Buffer> {
  // loaded when the first document is made: it is large, and most processes never need it
  const { default: exceljs } = await import('exceljs')
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk, _, done) {
      chunks.push(chunk)
      done()
    },
  })
  // the writer for streams, for the other one tears characters beyond U+FFFF (rare names) apart
  // where the edge of a 16 KB piece falls between their halves
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
  const names = sheetNames(sheets.map((sheet) => sheet.name))
  for (const [index, sheet] of sheets.entries()) {
    const worksheet = workbook.addWorksheet(names[index], printSetup(sheet))
    drawSheet(worksheet, sheet)
    // eslint-disable-next-line no-restricted-syntax -- a sheet, no transaction
    worksheet.commit()
  }
  // eslint-disable-next-line no-restricted-syntax -- a workbook, no transaction
  await workbook.commit()
  return Buffer.concat(chunks)
}

/** The row of the headers: below title, number and notes. */
function headerRowOf(sheet: OfficialSheet): number {
  return 2 + (sheet.documentNo ? 1 : 0) + (sheet.notes?.length ?? 0)
}

function drawSheet(worksheet: Worksheet, sheet: OfficialSheet) {
  const width = sheet.columns.length
  worksheet.columns = sheet.columns.map((column) => ({ width: column.width ?? 12 }))
  spanningLine(worksheet, width, sheet.title, { size: 18, font: TITLE_FONT, height: 36 })
  if (sheet.documentNo) spanningLine(worksheet, width, sheet.documentNo, { align: 'right' })
  for (const note of sheet.notes ?? []) spanningLine(worksheet, width, note, { align: 'left' })
  const header = worksheet.addRow([])
  for (const [index, column] of sheet.columns.entries()) {
    const cell = header.getCell(index + 1)
    cell.value = officialText(column.header)
    dress(cell, 'text', { bold: true, align: 'center' })
  }
  for (const row of sheet.rows) tableRow(worksheet.addRow([]), sheet.columns, row, false)
  if (sheet.totals) tableRow(worksheet.addRow([]), sheet.columns, sheet.totals, true)
  if (sheet.signatures) {
    worksheet.addRow([])
    spanningLine(worksheet, width, sheet.signatures.join(SPACE_TO_SIGN), {
      align: 'left',
      height: 28,
    })
  }
}

type Look = { size?: number; font?: string; height?: number; align?: 'left' | 'center' | 'right' }

function spanningLine(worksheet: Worksheet, width: number, text: string, look: Look) {
  const row = worksheet.addRow([])
  if (look.height) row.height = look.height
  if (width > 1) worksheet.mergeCells(row.number, 1, row.number, width)
  const cell = row.getCell(1)
  cell.value = officialText(text)
  cell.font = { name: look.font ?? FONT, size: look.size ?? 11 }
  cell.alignment = { horizontal: look.align ?? 'center', vertical: 'middle', wrapText: true }
}

function tableRow(
  row: Row,
  columns: RegisterColumn[],
  values: readonly CellInput[],
  bold: boolean
) {
  for (const [index, column] of columns.entries()) {
    const kind = column.kind ?? 'text'
    const cell = row.getCell(index + 1)
    // a total row says 合计 in a column of numbers
    const value = values[index]
    const isWord =
      bold && typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value) && kind !== 'date'
    const align = kind === 'number' || kind === 'money_fen' ? 'right' : 'left'
    writeValue(cell, isWord ? 'text' : kind, value)
    dress(cell, isWord ? 'text' : kind, { bold, align: isWord ? 'center' : align })
  }
}

function writeValue(cell: Cell, kind: ColumnKind, value: CellInput) {
  const written = cellValue(kind, value)
  if (written.type === 'text') cell.value = escapeCharacters(written.text)
  else if (written.type === 'date') cell.value = new Date(`${written.text}T00:00:00Z`)
  // the nearest double is written by its shortest digits, which are these again
  else if (written.type !== 'blank') cell.value = Number(written.digits)
}

const officialText = (text: string) => escapeCharacters(text.toWellFormed())

function dress(
  cell: Cell,
  kind: ColumnKind,
  look: { bold: boolean; align: 'left' | 'center' | 'right' }
) {
  cell.font = { name: FONT, size: 11, bold: look.bold }
  cell.border = BORDER
  cell.numFmt = FORMATS[kind]
  cell.alignment = { horizontal: look.align, vertical: 'middle', wrapText: true }
}

/** A4, as wide as the page, the header repeated, page numbers below. */
function printSetup(sheet: OfficialSheet): Partial<AddWorksheetOptions> {
  const header = headerRowOf(sheet)
  return {
    views: [{ state: 'frozen', ySplit: header }],
    pageSetup: {
      paperSize: 9,
      orientation: sheet.landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      printTitlesRow: `${header}:${header}`,
      margins: { left: 0.6, right: 0.6, top: 0.8, bottom: 0.8, header: 0.3, footer: 0.4 },
    },
    headerFooter: { oddFooter: '&C&P / &N' },
  }
}
