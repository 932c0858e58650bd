import type { OfficialSheet } from '#shared/spreadsheets/official_workbook'
import { officialTable } from '#shared/documents/official_table'
import type { PdfDocument } from '#shared/documents/definition'
import { formatFen } from '#shared/money'
import type { TaxTableRow } from '../queries/tax_table.js'
import type { AllotmentRow, TotalRow } from '../queries/totals.js'

const yuan = (fen: number) => formatFen(fen).replace('¥', '')
const CLASS_NAMES = { establishment: '在编', contract: '编外' }

/** 个人所得税扣缴明细: one row a person, all runs released in the month together. */
export function taxTable(
  unitName: string,
  month: string,
  rows: readonly TaxTableRow[]
): OfficialSheet {
  const money = { kind: 'money_fen' as const, width: 14 }
  const names = [
    '收入额',
    '免税收入',
    '社保公积金',
    '专项附加扣除',
    '本月扣缴税额',
    '单独计税的年终奖',
    '年终奖税额',
    '本年累计收入',
    '本年累计扣缴',
  ] as const
  const figures = (row: TaxTableRow) => [
    ...[
      row.income,
      row.exempt,
      row.insurance,
      row.additional,
      row.tax,
      row.bonus,
      row.bonusTax,
      row.yearIncome,
      row.yearTax,
    ],
  ]
  const sum = (index: number) => rows.reduce((total, row) => total + figures(row)[index], 0)
  return {
    name: '个人所得税',
    title: `${unitName}个人所得税扣缴明细表`,
    notes: [`扣缴月份 ${month}；综合所得（工资薪金）累计预扣法；单位：元`],
    columns: [
      { header: '序号', kind: 'number', width: 6 },
      { header: '姓名', width: 12 },
      { header: '身份证号码', width: 22 },
      ...names.map((header) => ({ header, ...money })),
    ],
    rows: rows.map((row, index) => [index + 1, row.name, row.identityMasked, ...figures(row)]),
    totals: ['', '合计', '', ...names.map((_, index) => sum(index))],
    signatures: ['制表人：', '复核人：', '扣缴义务人负责人：'],
    landscape: true,
  }
}

/** 绩效工资总量使用情况表, for 人社 and 财政. */
export function useOfTotals(
  totals: readonly { total: TotalRow; allotments: readonly AllotmentRow[] }[],
  asOf: string
): PdfDocument {
  const used = (list: readonly AllotmentRow[], part: string) =>
    list.reduce(
      (sum, row) => (row.part === part && row.state === 'released' ? sum + row.usedFen : sum),
      0
    )
  const lines = totals.flatMap(({ total, allotments }) =>
    (['basic', 'incentive'] as const).map((part) => ({
      heads: [
        ...[total.unitName, `${total.year}`, CLASS_NAMES[total.employmentType]],
        part === 'basic' ? '基础性' : '奖励性',
      ],
      ...{ approved: total[`${part}Fen`], allotted: total[`${part}AllottedFen`] },
      drawn: used(allotments, part),
    }))
  )
  const byYear = [...Map.groupBy(lines, ({ heads: [, year] }) => year)]
  const sums = byYear.map(([year, list]) => [...['合计', year, '', ''], ...useFigures(...list)])
  const money = { width: 92, align: 'right' as const }
  return officialTable({
    title: '绩效工资总量使用情况表',
    subtitle: `截至 ${asOf}`,
    unitLine: `填报单位：${[...new Set(lines.map(({ heads }) => heads[0]))].join('、')}`,
    unitLineRight: '单位：元',
    landscape: true,
    columns: [
      { label: '单位', width: '*' },
      { label: '年度', width: 44, align: 'center' },
      { label: '类别', width: 44, align: 'center' },
      { label: '构成', width: 56, align: 'center' },
      { label: '核定总量', ...money },
      { label: '已下达额度', ...money },
      { label: '已使用', ...money },
      { label: '结余', ...money },
      { label: '使用率', width: 56, align: 'right' },
    ],
    // a year is a cap of its own: several years are never added up
    rows: byYear.flatMap(([, list], index) => [
      ...list.map((line) => [...line.heads, ...useFigures(line)]),
      ...(byYear.length > 1 ? [sums[index]] : []),
    ]),
    ...(byYear.length === 1 && { totals: sums[0] }),
    signatures: ['填表人', '财务负责人', '单位负责人'],
    notes: ['年度结余不结转下年；使用数为已审批发放批次的基础性、奖励性绩效。'],
  })
}

interface Use {
  approved: number
  allotted: number
  drawn: number
}

/** Approved, allotted, used, left and the share of use, of all of these together. */
function useFigures(...list: readonly Use[]): string[] {
  const sum = (name: keyof Use) => list.reduce((whole, line) => whole + line[name], 0)
  const [approved, drawn] = [sum('approved'), sum('drawn')]
  return [
    ...[yuan(approved), yuan(sum('allotted')), yuan(drawn), yuan(approved - drawn)],
    approved > 0 ? `${((drawn / approved) * 100).toFixed(1)}%` : '—',
  ]
}
