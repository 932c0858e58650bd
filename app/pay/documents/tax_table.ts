import type { OfficialSheet } from '#shared/spreadsheets/official_workbook'
import type { TaxTableRow } from '../queries/tax_table.js'

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
    row.income,
    row.exempt,
    row.insurance,
    row.additional,
    row.tax,
    row.bonus,
    row.bonusTax,
    row.yearIncome,
    row.yearTax,
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
