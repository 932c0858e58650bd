import { lineOf, mm, size, tableMargins } from './paper.js'
import { printable } from './paper.js'
import { signatureLine } from './official_table.js'
import { longDate } from '../dates.js'
import type { PdfDocument, PdfNode, TableCell } from './definition.js'

export interface FormField {
  label: string
  /** Left empty it stays a ruled blank to be filled in by hand. */
  value?: string | null
  /** Share of the row's width; 1 unless told. */
  span?: number
  /** Height in lines, for remarks and opinions. */
  lines?: number
}

export interface OfficialForm {
  title: string
  documentNo?: string
  /** `编号：…` at the right above the form. */
  unitLine?: string
  unitLineRight?: string
  /** Text between title and form, indented. */
  paragraphs?: readonly string[]
  /** Rows of label and value side by side. */
  rows: readonly (readonly FormField[])[]
  notes?: readonly string[]
  signatures?: readonly string[]
  /** Issuer and date at the right below the form. */
  issuer?: string
  date?: string
  /** A part to cut off and send back (回执). */
  receipt?: { title: string; paragraphs: readonly string[]; issuer?: string }
}

const A4_WIDTH = 595.28
const width = A4_WIDTH - tableMargins[0] - tableMargins[2]
const LABEL = 76

/**
 * A form on one sheet, as 工资关系转移单 and 干部档案转递单 are: a grid of labels and values with ruled
 * blanks for what is not known, issuer and date, and a receipt below a line to cut.
 */
export function officialForm(form: OfficialForm): PdfDocument {
  return {
    title: printable(form.title),
    sections: [
      {
        margins: tableMargins,
        pageNumbers: 'none',
        content: [
          ...formHead(form),
          ...form.rows.map(fieldRow),
          ...(form.notes ?? []).map(note),
          ...(form.signatures?.length ? [signatureLine(form.signatures)] : []),
          ...signed(form.issuer, form.date),
          ...receipt(form),
        ],
      },
    ],
  }
}

function formHead(form: OfficialForm): PdfNode[] {
  return [
    { text: printable(form.title), fontSize: 20, bold: true, alignment: 'center' },
    ...(form.documentNo
      ? [{ text: printable(form.documentNo), alignment: 'center' as const }]
      : []),
    ...(form.paragraphs ?? []).map(paragraph),
    {
      columns: [
        { text: printable(form.unitLine ?? ''), width: '*' },
        { text: printable(form.unitLineRight ?? ''), width: 'auto', alignment: 'right' },
      ],
      margin: [0, mm(4), 0, 4],
    },
  ]
}

/** Each row is a table of its own, so that rows may be divided differently; the frames meet. */
function fieldRow(fields: readonly FormField[]): PdfNode {
  const shares = fields.reduce((sum, field) => sum + (field.span ?? 1), 0)
  const rest = width - fields.length * LABEL
  const cells = fields.flatMap((field): TableCell[] => [
    { text: printable(field.label), alignment: 'center', bold: true, verticalAlignment: 'middle' },
    { text: printable(field.value ?? ''), verticalAlignment: 'middle' },
  ])
  const lines = Math.max(...fields.map((field) => field.lines ?? 1))
  return {
    layout: 'grid',
    margin: [0, 0, 0, -0.6],
    table: {
      widths: fields.flatMap((field) => [LABEL - 8.6, ((field.span ?? 1) / shares) * rest - 8.6]),
      heights: lines * 17 + 4,
      dontBreakRows: true,
      body: [cells],
    },
  }
}

function paragraph(text: string): PdfNode {
  return {
    text: printable(text),
    fontSize: size.smallFour,
    lineHeight: lineOf(22, size.smallFour),
    leadingIndent: size.smallFour * 2,
    margin: [0, 6, 0, 0],
  }
}

function note(text: string): PdfNode {
  return { text: printable(text), fontSize: size.smallFive, margin: [0, 5, 0, 0] }
}

function signed(issuer?: string, date?: string): PdfNode[] {
  if (!issuer && !date) return []
  return [
    {
      stack: [
        ...(issuer ? [{ text: `${printable(issuer)}（盖章）` }] : []),
        {
          text: date ? longDate(date, 'zh-CN') : '    年    月    日',
          preserveLeadingSpaces: true,
        },
      ],
      alignment: 'right',
      fontSize: size.smallFour,
      lineHeight: lineOf(22, size.smallFour),
      margin: [0, mm(9), mm(8), 0],
      unbreakable: true,
    },
  ]
}

function receipt({ receipt: part }: OfficialForm): PdfNode[] {
  if (!part) return []
  return [
    {
      unbreakable: true,
      stack: [
        {
          canvas: [
            {
              type: 'line',
              x1: 0,
              y1: 0,
              x2: width,
              y2: 0,
              lineWidth: 0.6,
              dash: { length: 4, space: 3 },
            },
          ],
          margin: [0, mm(9), 0, 0],
        },
        { text: '（沿此线裁下寄回）', fontSize: 8, alignment: 'center', margin: [0, 2, 0, mm(4)] },
        { text: printable(part.title), fontSize: size.smallThree, bold: true, alignment: 'center' },
        ...part.paragraphs.map(paragraph),
        ...signed(part.issuer ?? '接收单位'),
      ],
    },
  ]
}
