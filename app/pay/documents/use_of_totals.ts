import { combinePages, type PdfDocument } from '#shared/documents/definition'
import { officialTable } from '#shared/documents/official_table'
import { tableYuan } from '#shared/money'
import type { OfficialSheet } from '#shared/spreadsheets/official_workbook'
import { useByMonth, useFigures } from '../presenters/use_figures.js'
import type { UseOfYear, UseRow } from '../queries/use_of_totals.js'

const CLASS_NAMES = { establishment: '在编', contract: '编外' }
const PART_NAMES = { basic: '基础性', incentive: '奖励性' }
const SIGNATURES = ['填表人', '财务负责人', '单位负责人']
const NOTES = ['年度结余不结转下年；使用数为已审批发放批次的基础性、奖励性绩效。']
const titleOf = ({ year }: UseOfYear) => `${year}年度绩效工资总量使用情况表`
const monthsTitle = ({ year }: UseOfYear) => `${year}年度绩效工资总量按月使用情况表`
const headsOf = ({ unitName, employmentType, part }: UseRow) => [
  unitName,
  CLASS_NAMES[employmentType],
  PART_NAMES[part],
]
const unitsOf = ({ rows }: UseOfYear) =>
  `填报单位：${[...new Set(rows.map(({ unitName }) => unitName))].join('、')}`

/** 绩效工资总量使用情况表 of a year, for 人社 and 财政: the whole, then month by month. */
export function useOfTotals(use: UseOfYear, asOf: string): PdfDocument {
  const money = { width: 96, align: 'right' as const }
  const line = (rows: readonly UseRow[]) => {
    const { approvedFen, allottedFen, usedFen, leftFen, rate } = useFigures(rows)
    return [...[approvedFen, allottedFen, usedFen, leftFen].map(tableYuan), rate]
  }
  const { months, sums } = useByMonth(use)
  const common = {
    subtitle: `截至 ${asOf}`,
    unitLine: unitsOf(use),
    unitLineRight: '单位：元',
    landscape: true,
    signatures: SIGNATURES,
  }
  const heads = [
    { label: '单位', width: '*' as const },
    { label: '类别', width: 50, align: 'center' as const },
  ]
  return combinePages(titleOf(use), [
    officialTable({
      ...common,
      title: titleOf(use),
      notes: NOTES,
      columns: [
        ...heads,
        { label: '构成', width: 56, align: 'center' as const },
        ...['核定总量', '已下达额度', '已使用', '结余'].map((label) => ({ label, ...money })),
        { label: '使用率', width: 56, align: 'right' },
      ],
      rows: use.rows.map((row) => [...headsOf(row), ...line([row])]),
      totals: ['合计', '', '', ...line(use.rows)],
    }),
    officialTable({
      ...common,
      title: monthsTitle(use),
      notes: ['按发放月份；各月合计即已使用数。'],
      columns: [
        { label: '发放月份', width: 70, align: 'center' },
        ...heads,
        ...['基础性', '奖励性', '合计'].map((label) => ({ label, ...money })),
      ],
      rows: months.map(({ month, unitName, employmentType, basic, incentive, whole }) => [
        month,
        unitName,
        CLASS_NAMES[employmentType],
        ...[basic, incentive, whole].map(tableYuan),
      ]),
      totals: ['合计', '', '', ...[sums.basic, sums.incentive, sums.whole].map(tableYuan)],
    }),
  ])
}

/** The same two tables as a workbook. */
export function useSheets(use: UseOfYear, asOf: string): OfficialSheet[] {
  const money = { kind: 'money_fen' as const, width: 16 }
  const notes = [`${unitsOf(use)}；截至 ${asOf}；单位：元`]
  const signatures = SIGNATURES.map((name) => `${name}：`)
  const heads = [
    { header: '单位', width: 24 },
    { header: '类别', width: 8 },
  ]
  const figures = (rows: readonly UseRow[]) => {
    const { approvedFen, allottedFen, usedFen, leftFen, rate } = useFigures(rows)
    return [approvedFen, allottedFen, usedFen, leftFen, rate]
  }
  const { months, sums } = useByMonth(use)
  return [
    {
      name: '使用情况',
      title: titleOf(use),
      notes,
      signatures,
      landscape: true,
      columns: [
        ...heads,
        { header: '构成', width: 10 },
        ...['核定总量', '已下达额度', '已使用', '结余'].map((header) => ({ header, ...money })),
        { header: '使用率', width: 10 },
      ],
      rows: use.rows.map((row) => [...headsOf(row), ...figures([row])]),
      totals: ['合计', '', '', ...figures(use.rows)],
    },
    {
      name: '按月使用',
      title: monthsTitle(use),
      notes,
      signatures,
      landscape: true,
      columns: [
        { header: '发放月份', width: 12 },
        ...heads,
        ...['基础性', '奖励性', '合计'].map((header) => ({ header, ...money })),
      ],
      rows: months.map(({ month, unitName, employmentType, basic, incentive, whole }) => [
        month,
        unitName,
        CLASS_NAMES[employmentType],
        basic,
        incentive,
        whole,
      ]),
      totals: ['合计', '', '', sums.basic, sums.incentive, sums.whole],
    },
  ]
}
