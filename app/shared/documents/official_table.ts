import { lineOf, mm, size, tableMargins } from './paper.js'
import { balanced, fullWidths, printable } from './paper.js'
import type { Align, Margins, Paper, PdfDocument, PdfNode, TableCell } from './definition.js'

export interface PaperColumn {
  label: string
  /** Points, `auto` or a share of the rest. */
  width?: number | 'auto' | '*'
  align?: Align
  /** Neighbouring columns of one group get a common heading above theirs. */
  group?: string
}

/** Numbers are grouped by thousands; money comes as text from the caller. */
export type PaperValue = string | number | null

export interface OfficialTable {
  title: string
  /** Below the title: period, unit or status. */
  subtitle?: string
  documentNo?: string
  /** Above the table at the left and the right: `填报单位：…`, `单位：人`. */
  unitLine?: string
  unitLineRight?: string
  columns: readonly PaperColumn[]
  rows: readonly (readonly PaperValue[])[]
  totals?: readonly PaperValue[]
  paper?: Paper
  landscape?: boolean
  /** Pictures between the title and the table. */
  figures?: readonly PdfNode[]
  /** Places to sign below the table: `填表人`, `审核人`, `负责人`. */
  signatures?: readonly string[]
  /** Small print below the table. */
  notes?: readonly string[]
}

/** A cell above this length may break over pages; a short row never does. */
const LONG_CELL = 400

const bodySize = size.five

/**
 * A register: title, number, pictures, table with a repeated heading, totals, places to sign, page x
 * of y. An empty table says so in one row; numbers stand at the right.
 */
export function officialTable(table: OfficialTable): PdfDocument {
  const { figures = [], paper, landscape } = table
  const head = [...tableHead(table), ...figures, unitLine(table)]
  const content = [...head, paperTable(table), ...tableFoot(table)]
  return {
    title: printable(table.title),
    sections: [{ content, margins: tableMargins, paper, landscape, pageNumbers: 'of_total' }],
  }
}

function tableHead(table: OfficialTable): PdfNode[] {
  const head: PdfNode[] = [
    {
      text: balanced(printable(table.title), table.landscape ? 34 : 24).join('\n'),
      fontSize: 20,
      bold: true,
      alignment: 'center',
      lineHeight: lineOf(28, 20),
    },
  ]
  for (const line of [table.subtitle, table.documentNo]) {
    if (!line) continue
    head.push({
      text: printable(line),
      fontSize: size.smallFour,
      alignment: 'center',
      margin: [0, 3, 0, 0],
    })
  }
  return head
}

function unitLine(table: OfficialTable): PdfNode {
  return {
    columns: [
      { text: printable(table.unitLine ?? ''), width: '*' },
      {
        text: printable(table.unitLineRight ?? ''),
        width: 'auto',
        alignment: 'right',
        noWrap: true,
      },
    ],
    columnGap: 12,
    margin: [0, mm(5), 0, 4],
  }
}

/** Notes and signatures go over the page together: a signature never stands there alone. */
function tableFoot({ notes = [], signatures = [] }: OfficialTable): PdfNode[] {
  const foot: PdfNode[] = notes.map((note, index) => ({
    text: printable(note),
    fontSize: size.smallFive,
    lineHeight: lineOf(15, size.smallFive),
    margin: [0, index === 0 ? 6 : 0, 0, 0],
  }))
  if (signatures.length > 0) foot.push(signatureLine(signatures))
  return foot.length > 0 ? [{ stack: foot, unbreakable: true }] : []
}

/** `填表人：______` side by side, kept together. */
export function signatureLine(signatures: readonly string[]): PdfNode {
  return {
    columns: signatures.map((label) => ({
      columns: [
        { text: `${printable(label)}：`, width: 'auto' },
        {
          width: '*',
          canvas: [{ type: 'line', x1: 2, y1: 14, x2: 72, y2: 14, lineWidth: 0.6 }],
        },
      ],
      width: '*',
    })),
    columnGap: 12,
    margin: [0, mm(9), 0, 0],
    unbreakable: true,
  }
}

/** The ruled table alone, for papers that put it among other parts. */
export function paperTable(
  table: Pick<OfficialTable, 'columns' | 'rows' | 'totals'>,
  fontSize = bodySize
): PdfNode {
  const { columns, rows, totals } = table
  const headings = headingRows(columns, fontSize)
  const cells = (row: readonly PaperValue[]) =>
    columns.map((column, index) => cell(row[index], column, fontSize))
  const body = rows.map(cells)
  if (rows.length === 0) body.push(emptyRow(columns.length))
  if (totals) {
    body.push(cells(totals).map((total) => ({ ...total, bold: true })))
  }
  const long = rows.some((row) => row.some((value) => String(value ?? '').length > LONG_CELL))

  return {
    fontSize,
    layout: fontSize < bodySize ? 'tight' : 'grid',
    table: {
      widths: columns.map((column) => column.width ?? '*'),
      headerRows: headings.length,
      keepWithHeaderRows: long ? 0 : 1,
      dontBreakRows: !long,
      body: [...headings, ...body],
    },
  }
}

function cell(value: PaperValue | undefined, column: PaperColumn, fontSize: number): TableCell {
  const number = typeof value === 'number'
  const text = number ? value.toLocaleString('zh-CN') : printable(value ?? '')
  const alignment = column.align ?? (number ? 'right' : 'left')
  const figures = number || (alignment === 'right' && /^[-+¥\d.,%]+$/.test(text))
  return {
    text,
    alignment,
    verticalAlignment: 'middle',
    ...(figures ? { noWrap: true, fontSize: fitted(text, column, fontSize) } : {}),
  }
}

/** Figures are never broken: in a column that is too narrow they are set smaller. */
function fitted(text: string, column: PaperColumn, fontSize: number): number {
  if (typeof column.width !== 'number') return fontSize
  return Math.min(fontSize, column.width / (fullWidths(text) * 1.05))
}

function emptyRow(columns: number): TableCell[] {
  const row: TableCell[] = [{ text: '（无记录）', alignment: 'center', colSpan: columns }]
  return [...row, ...Array.from({ length: columns - 1 }, () => ({ text: '' }))]
}

/** One row of headings, or two when columns stand in groups. */
function headingRows(columns: readonly PaperColumn[], fontSize: number): TableCell[][] {
  const heading = (text: string): TableCell => ({
    text: printable(text),
    bold: true,
    alignment: 'center',
    verticalAlignment: 'middle',
  })
  const labels = columns.map((column) => heading(column.label))
  if (columns.every((column) => !column.group)) return [labels]

  // pdfmake centres a spanning cell wrongly when rows may not break, hence the margin by hand.
  const overTwoRows = {
    rowSpan: 2,
    verticalAlignment: 'top' as const,
    margin: [0, fontSize * 0.9, 0, 0] as Margins,
  }
  const upper = columns.map((column, index): TableCell => {
    if (!column.group) return { ...heading(column.label), ...overTwoRows }
    if (index > 0 && columns[index - 1].group === column.group) return { text: '' }
    const next = columns.findIndex((other, at) => at > index && other.group !== column.group)
    return { ...heading(column.group), colSpan: (next < 0 ? columns.length : next) - index }
  })
  return [upper, labels.map((label, index) => (columns[index].group ? label : { text: '' }))]
}
