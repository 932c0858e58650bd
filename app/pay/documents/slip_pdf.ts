import { lineOf, mm, printable, size, tableMargins } from '#shared/documents/paper'
import { paperTable, signatureLine } from '#shared/documents/official_table'
import type { Margins, PdfDocument, PdfNode } from '#shared/documents/definition'
import { formatFen, tableYuan } from '#shared/money'
import type { LineRow } from '../queries/slip_lines.js'
import type { SlipRow } from '../queries/slips.js'

export interface YearToDate {
  gross: number
  deduction: number
  tax: number
  net: number
}

/** 工资条 of one person on one page: earnings and deductions side by side, net, the year so far. */
export function slipPdf(
  slip: SlipRow,
  lines: readonly LineRow[],
  year: YearToDate | null,
  password?: string
): PdfDocument {
  return {
    title: `工资条 ${slip.personName}`,
    sections: [
      { content: slipContent(slip, lines, year), margins: slipMargins, pageNumbers: 'none' },
    ],
    ...(password && { password }),
  }
}

const slipMargins: Margins = [tableMargins[0], mm(14), tableMargins[2], mm(12)]

function slipContent(slip: SlipRow, lines: readonly LineRow[], year: YearToDate | null): PdfNode[] {
  const earnings = lines.filter(({ side }) => side === 'earning')
  const deductions = lines.filter(({ side }) => side === 'deduction' || side === 'tax')
  const employer = lines.filter(({ side }) => side === 'employer')
  const rows = beside(earnings, deductions)
  const money = { width: 84, align: 'right' as const }
  return [
    { text: printable(slip.unitName), fontSize: size.four, alignment: 'center' },
    {
      text: '工 资 条',
      fontSize: 20,
      bold: true,
      alignment: 'center',
      lineHeight: lineOf(30, 20),
    },
    {
      text: printable(`${slip.runTitle}（发放月份：${slip.payMonth}）`),
      alignment: 'center',
      margin: [0, 2, 0, mm(5)] as [number, number, number, number],
    },
    heading(slip),
    paperTable(
      {
        columns: [
          { label: '应发项目' },
          { label: '金额（元）', ...money },
          { label: '扣款项目' },
          { label: '金额（元）', ...money },
        ],
        rows,
        totals: [
          '应发合计',
          tableYuan(slip.grossFen),
          '扣款合计',
          tableYuan(slip.deductionFen + slip.taxFen),
        ],
      },
      sizeFor(rows.length)
    ),
    {
      columns: [
        { text: '实发金额', fontSize: size.smallFour, bold: true, width: 'auto' },
        {
          text: formatFen(slip.netFen),
          fontSize: size.three,
          bold: true,
          alignment: 'right',
          width: '*',
        },
      ],
      margin: [0, mm(4), 0, mm(4)],
    },
    ...(employer.length ? [employerTable(employer, slip.employerFen)] : []),
    ...(year ? [yearTable(year)] : []),
    {
      text: '本工资条仅供本人查阅。每项金额的计算过程可在系统「我的工资条」中逐项打开；有异议的，请在异议期内提出。',
      fontSize: size.smallFive,
      margin: [0, mm(5), 0, 0] as [number, number, number, number],
    },
    signatureLine(['本人签收', '日期']),
  ]
}

function heading(slip: SlipRow): PdfNode {
  const facts = [
    ['姓名', slip.personName],
    ['部门', slip.departmentName ?? '—'],
    ['岗位', slip.postName ?? '—'],
    ['编号', `${slip.runNumber}-${slip.id}`],
    ['收款账号', slip.accountMasked ?? '—'],
    [
      '所属期间',
      slip.monthFrom === slip.monthTo ? slip.monthFrom : `${slip.monthFrom} 至 ${slip.monthTo}`,
    ],
  ]
  const column = (list: string[][]): PdfNode => ({
    stack: list.map(([label, value]) => ({
      text: printable(`${label}：${value}`),
      lineHeight: 1.25,
    })),
    width: '*',
  })
  return { columns: [column(facts.slice(0, 3)), column(facts.slice(3))], margin: [0, 0, 0, mm(3)] }
}

function employerTable(lines: readonly LineRow[], sum: number): PdfNode {
  const half = Math.ceil(lines.length / 2)
  const money = { width: 84, align: 'right' as const }
  return {
    stack: [
      paperTable(
        {
          columns: [
            { label: '单位缴纳部分（不扣个人）' },
            { label: '金额（元）', ...money },
            { label: '单位缴纳部分（续）' },
            { label: '金额（元）', ...money },
          ],
          rows: beside(lines.slice(0, half), lines.slice(half)),
          totals: ['单位缴纳合计', tableYuan(sum), '', ''],
        },
        size.smallFive
      ),
    ],
    margin: [0, 0, 0, mm(4)],
  }
}

function yearTable(year: YearToDate): PdfNode {
  const money = { align: 'right' as const }
  return paperTable(
    {
      columns: [
        { label: '本年累计', width: 70 },
        { label: '应发', ...money },
        { label: '扣款', ...money },
        { label: '个人所得税', ...money },
        { label: '实发', ...money },
      ],
      rows: [
        [
          '（元）',
          tableYuan(year.gross),
          tableYuan(year.deduction),
          tableYuan(year.tax),
          tableYuan(year.net),
        ],
      ],
    },
    size.smallFive
  )
}

/** Rows that a page holds in the usual size; points that they may take in a smaller one. */
const USUAL_ROWS = 12
const ROOM = 335
const SMALLEST = 6

/** So that the slip stays on one page: many lines are set smaller, up to 25 beside each other. */
function sizeFor(rows: number): number {
  if (rows <= USUAL_ROWS) return size.five
  const line = ROOM / rows - 4.5
  return Math.max(SMALLEST, Math.min(size.smallFive, line / 1.448))
}

function beside(left: readonly LineRow[], right: readonly LineRow[]): string[][] {
  const length = Math.max(left.length, right.length)
  return Array.from({ length }, (_, index) => [...pair(left[index]), ...pair(right[index])])
}

const pair = (line?: LineRow) => (line ? [line.name, tableYuan(line.amountFen)] : ['', ''])
