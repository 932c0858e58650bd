import type { OfficialSheet } from '#shared/spreadsheets/official_workbook'
import type { Register } from '#shared/spreadsheets/register_writer'
import { formatFen } from '#shared/money'
import type { RunRow } from '../queries/runs.js'
import type { LineRow, SlipRow } from '../queries/slips.js'

/** More people than this and the register is streamed row by row, plainly. */
export const OFFICIAL_ROWS = 2_000

interface Column {
  code: string
  name: string
  orderNo: number
  side: string
}

/** 工资发放表: one row a person, one column an item, totals, and places to sign. */
export function payRegister(run: RunRow, slips: readonly SlipRow[], lines: readonly LineRow[]) {
  const columns = columnsOf(lines)
  const amounts = new Map<number, Map<string, number>>()
  for (const line of lines) {
    const own = amounts.get(line.slipId) ?? new Map<string, number>()
    own.set(columnCode(line), (own.get(columnCode(line)) ?? 0) + line.amountFen)
    amounts.set(line.slipId, own)
  }
  const figures = (slip: SlipRow) => [
    ...columns.map(({ code }) => amounts.get(slip.id)?.get(code) ?? null),
    ...[slip.grossFen, slip.deductionFen, slip.taxFen, slip.netFen, slip.employerFen],
  ]
  const rows = slips.map((slip, index) => [
    ...[index + 1, slip.personName, slip.departmentName, slip.postName],
    ...figures(slip),
    slip.accountMasked,
  ])
  const totals = sums(rows, 4, columns.length + 5)
  return { title: `${run.unitName}工资发放表`, columns, rows, totals }
}

type Table = ReturnType<typeof payRegister>

const HEAD = ['序号', '姓名', '部门', '岗位']
const SUMS = ['应发合计', '扣款合计', '个人所得税', '实发', '单位缴纳']

function headers({ columns }: Table) {
  return [
    { header: HEAD[0], kind: 'number' as const, width: 6 },
    ...HEAD.slice(1).map((header) => ({ header, width: 14 })),
    ...[...columns.map(({ name }) => name), ...SUMS].map((header) => ({
      ...{ header, kind: 'money_fen' as const, width: 13 },
    })),
    { header: '收款账号', width: 22 },
  ]
}

export function officialRegister(run: RunRow, table: Table): OfficialSheet {
  return {
    name: '工资发放表',
    title: table.title,
    documentNo: run.number,
    notes: [
      `${run.title}；所属期间 ${run.monthFrom} 至 ${run.monthTo}；发放月份 ${run.payMonth}；单位：元`,
      `实发合计 ${formatFen(run.netFen)}，共 ${table.rows.length} 人`,
    ],
    columns: headers(table),
    rows: table.rows,
    totals: ['', '合计', '', '', ...table.totals, ''],
    signatures: ['制表人：', '复核人：', '审批人：', '发放人：'],
    landscape: true,
  }
}

export function streamedRegister(table: Table): Register {
  const blank = headers(table).map(() => null)
  return {
    title: table.title,
    sheets: [
      {
        name: '工资发放表',
        columns: headers(table),
        rows: [
          ...table.rows,
          [null, '合计', null, null, ...table.totals, null],
          blank,
          [null, '制表人：', '复核人：', '审批人：', ...blank.slice(4)],
        ],
      },
    ],
  }
}

/** Differences of many kinds share one column a name. */
const columnCode = ({ code, name }: LineRow) =>
  code.startsWith('difference_') ? `d:${name}` : code

function columnsOf(lines: readonly LineRow[]): Column[] {
  const columns = new Map<string, Column>()
  for (const line of lines) {
    if (line.side === 'tax') continue
    const code = columnCode(line)
    if (!columns.has(code)) {
      columns.set(code, { code, name: line.name, orderNo: line.orderNo, side: line.side })
    }
  }
  return [...columns.values()].sort((a, b) => a.orderNo - b.orderNo || (a.code < b.code ? -1 : 1))
}

function sums(rows: (string | number | null)[][], from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    rows.reduce((total, row) => total + Number(row[from + index] ?? 0), 0)
  )
}
