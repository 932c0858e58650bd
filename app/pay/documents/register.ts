import type { OfficialSheet } from '#shared/spreadsheets/official_workbook'
import type { Register } from '#shared/spreadsheets/register_writer'
import { formatFen } from '#shared/money'
import type { ItemColumn, RegisterPerson } from '../queries/register_rows.js'
import type { RunRow } from '../queries/runs.js'

/** More people than this and the register is streamed row by row, plainly. */
export const OFFICIAL_ROWS = 2_000

const HEAD = ['序号', '姓名', '部门', '岗位']
const SIGNATURES = ['制表人：', '复核人：', '审批人：', '发放人：']
const SUMS = ['应发合计', '扣款合计', '个人所得税', '实发', '单位缴纳']

/** 工资发放表: one row a person, one column an item, totals, and places to sign. */
export async function officialRegister(
  run: RunRow,
  columns: readonly ItemColumn[],
  people: AsyncIterable<RegisterPerson>
): Promise<OfficialSheet> {
  const table = tableOf(columns)
  const rows = await Array.fromAsync(table.rows(people))
  return {
    name: '工资发放表',
    title: titleOf(run),
    documentNo: run.number,
    notes: [
      `${run.title}；所属期间 ${run.monthFrom} 至 ${run.monthTo}；发放月份 ${run.payMonth}；单位：元`,
      `实发合计 ${formatFen(run.netFen)}，共 ${rows.length} 人`,
    ],
    columns: table.columns,
    rows,
    totals: ['', '合计', '', '', ...table.totals, ''],
    signatures: SIGNATURES,
    landscape: true,
  }
}

/** The same for any number of people: rows are asked for as they are written. */
export function streamedRegister(
  run: RunRow,
  columns: readonly ItemColumn[],
  people: AsyncIterable<RegisterPerson>
): Register {
  const table = tableOf(columns)
  const blank = table.columns.map(() => null)
  async function* rows() {
    yield* table.rows(people)
    yield [null, '合计', null, null, ...table.totals, null]
    yield blank
    yield blank.map((_, index) => SIGNATURES[index - 1] ?? null)
  }
  const sheet = { name: '工资发放表', columns: table.columns, rows: rows() }
  return { title: titleOf(run), sheets: [sheet] }
}

const titleOf = (run: RunRow) => `${run.unitName}工资发放表`

/** Columns and rows; the totals are those of the rows that were given out. */
function tableOf(items: readonly ItemColumn[]) {
  const totals = [...items, ...SUMS].map(() => 0)
  async function* rows(people: AsyncIterable<RegisterPerson>) {
    let number = 0
    for await (const { name, departmentName, postName, accountMasked, sums, amounts } of people) {
      const figures = [...amounts, ...sums]
      for (const [index, fen] of figures.entries()) totals[index] += fen ?? 0
      yield [++number, name, departmentName, postName, ...figures, accountMasked]
    }
  }
  const columns = [
    { header: HEAD[0], kind: 'number' as const, width: 6 },
    ...HEAD.slice(1).map((header) => ({ header, width: 14 })),
    ...[...items.map(({ name }) => name), ...SUMS].map((header) => ({
      header,
      kind: 'money_fen',
      width: 13,
    })),
    { header: '收款账号', width: 22 },
  ]
  return { columns, totals, rows }
}
