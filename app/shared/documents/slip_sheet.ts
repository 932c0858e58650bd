import { mm, size } from './paper.js'
import { printable } from './paper.js'
import type { Margins, PdfDocument, PdfNode } from './definition.js'

export interface SealedSlip {
  /** Outside, still to be read when the slip is folded and stapled. */
  name: string
  unit?: string
  /** Inside. */
  userName: string
  password: string
  /** Last civil date on which the password can be used. */
  validUntil: string
  /** What to do first; a default is printed without it. */
  notice?: string
}

const PER_PAGE = 3
const margins: Margins = [mm(18), mm(8), mm(18), mm(6)]
const width = 595.28 - margins[0] - margins[2]
const SLIP_HEIGHT = mm(93)
const defaultNotice =
  '请登录后立即修改初始密码。密码只印在本条上，请勿转告他人；本条遗失或封口破损的，请向人事部门申请重置。'

/**
 * Sealed slips with initial passwords, three on a sheet: cut apart, fold inwards along the line,
 * staple. The name stays outside; user name and password are inside.
 */
export function slipSheet(slips: readonly SealedSlip[], title = '账号密封条'): PdfDocument {
  const content = slips.map((slip, index) => oneSlip(slip, index, slips.length))
  return { title, sections: [{ content, margins, pageNumbers: 'none' }] }
}

function oneSlip(slip: SealedSlip, index: number, count: number): PdfNode {
  const last = index % PER_PAGE === PER_PAGE - 1
  return {
    unbreakable: true,
    ...(last && index < count - 1 ? { pageBreak: 'after' as const } : {}),
    stack: [
      {
        layout: 'plain',
        table: {
          widths: ['*'],
          heights: SLIP_HEIGHT - mm(3),
          body: [
            [{ stack: [...outside(slip), dashed('内折线 · 折后装订封口', 2), ...inside(slip)] }],
          ],
        },
      },
      ...(last ? [] : [dashed('裁切线', 5)]),
    ],
  }
}

function outside({ name, unit }: SealedSlip): PdfNode[] {
  return [
    {
      columns: [
        {
          width: '*',
          stack: [
            { text: printable(unit ?? ''), fontSize: size.five },
            { text: printable(name), fontSize: size.two, bold: true },
          ],
        },
        { width: 'auto', text: '本人亲启', fontSize: size.smallFour, margin: [12, 2, 0, 0] },
      ],
      margin: [0, mm(4), 0, mm(3)],
    },
  ]
}

function inside(slip: SealedSlip): PdfNode[] {
  const line = (label: string, value: string, bold: boolean) => [
    { text: label, fontSize: size.five, margin: [0, 4, 0, 0] as Margins },
    {
      text: printable(value),
      fontSize: bold ? 17 : size.smallFour,
      bold,
      characterSpacing: bold ? 1.6 : 0,
    },
  ]
  return [
    {
      layout: 'plain',
      margin: [0, mm(2), 0, 0],
      table: {
        widths: [mm(24), '*'],
        body: [
          line('用户名', slip.userName, true),
          line('初始密码', slip.password, true),
          line('有效期至', slip.validUntil, false),
        ],
      },
    },
    { text: slip.notice ?? defaultNotice, fontSize: size.smallFive, margin: [0, mm(3), 0, 0] },
  ]
}

function dashed(label: string, length: number): PdfNode {
  return {
    columns: [
      {
        width: '*',
        canvas: [
          {
            type: 'line',
            x1: 0,
            y1: 6,
            x2: width - 100,
            y2: 6,
            lineWidth: 0.5,
            lineColor: '#777777',
            dash: { length, space: 3 },
          },
        ],
      },
      { width: 94, text: label, fontSize: 7.5, color: '#555555', alignment: 'right' },
    ],
  }
}
