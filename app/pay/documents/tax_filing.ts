import { DomainError } from '#shared/errors'
import type { Register } from '#shared/spreadsheets/register_writer'
import type { RegisterColumn } from '#shared/spreadsheets/sheet_xml'
import type { TaxFilingRow } from '../queries/tax_filing.js'

type Column = RegisterColumn & { of: (row: TaxFilingRow) => string | number | null }

const text = (header: string, of: Column['of'], width = 12): Column => ({ header, width, of })
const fen = (header: string, of: (row: TaxFilingRow) => number): Column => ({
  header,
  width: 16,
  of,
  kind: 'money_fen',
})
/** A column of the form that the records hold nothing for: the tax office's client fills it. */
const open = (header: string): Column => text(header, () => null, 16)

const WHO: readonly Column[] = [
  open('工号'),
  text('*姓名', (row) => row.name),
  text('*证件类型', () => '居民身份证', 14),
  text('*证件号码', (row) => row.identity, 22),
]

/** 正常工资薪金所得: the columns of the withholding client (扣缴客户端); its template may change by the year. */
const WAGES: readonly Column[] = [
  ...WHO,
  fen('*本期收入', (row) => row.income),
  fen('本期免税收入', (row) => row.exempt),
  fen('基本养老保险费', (row) => row.insurances.pension),
  fen('基本医疗保险费', (row) => row.insurances.medical),
  fen('失业保险费', (row) => row.insurances.unemployment),
  fen('住房公积金', (row) => row.insurances.housing),
  ...[
    '累计子女教育',
    '累计继续教育',
    '累计住房贷款利息',
    '累计住房租金',
    '累计赡养老人',
    '累计3岁以下婴幼儿照护',
    '累计个人养老金',
  ].map(open),
  fen('企业(职业)年金', (row) => row.insurances.annuity),
  open('商业健康保险'),
  open('税延养老保险'),
  fen('其他', (row) => row.otherInsurance),
  open('准予扣除的捐赠额'),
  open('减免税额'),
  open('备注'),
]

/** 全年一次性奖金收入: what is taxed by itself. */
const BONUS: readonly Column[] = [
  ...WHO,
  fen('*全年一次性奖金额', (row) => row.bonus),
  ...['免税收入', '其他', '准予扣除的捐赠额', '减免税额', '备注'].map(open),
]

const taxable = (row: TaxFilingRow) =>
  Math.max(
    0,
    row.yearIncome - row.yearExempt - row.yearStandard - row.yearInsurance - row.yearAdditional
  )

/** The figures of the year, to compare with what the client computes. */
const YEAR: readonly Column[] = [
  ...WHO.slice(1),
  fen('累计收入', (row) => row.yearIncome),
  fen('累计免税收入', (row) => row.yearExempt),
  fen('累计减除费用', (row) => row.yearStandard),
  fen('累计专项扣除和年金', (row) => row.yearInsurance),
  fen('累计专项附加扣除', (row) => row.yearAdditional),
  fen('累计应纳税所得额', taxable),
  fen('累计已扣缴税额', (row) => row.yearTax),
  fen('本期扣缴税额', (row) => row.tax),
  fen('全年一次性奖金税额', (row) => row.bonusTax),
]

/**
 * 个人所得税扣缴申报 (综合所得, 工资薪金): the first row of each sheet is its headers, for the tax
 * office's client reads them. Refused where a number is not on record: the office would refuse it.
 */
export function taxFiling(rows: readonly TaxFilingRow[]): Register {
  if (rows.length === 0) throw new DomainError('pay.errors.nothing_to_file')
  const unknown = rows.filter(({ identity }) => !identity)
  if (unknown.length > 0) {
    const names = unknown.slice(0, 5).map(({ name }) => name)
    const params = { count: unknown.length, names: names.join('、') }
    throw new DomainError('pay.errors.identity_unknown', params)
  }
  const bonuses = rows.filter(({ bonus }) => bonus !== 0)
  const wages = rows.filter(({ income, bonus }) => income !== 0 || bonus === 0)
  return {
    sheets: [
      sheet('正常工资薪金收入', WAGES, wages),
      ...(bonuses.length ? [sheet('全年一次性奖金收入', BONUS, bonuses)] : []),
      sheet('累计核对', YEAR, rows),
    ],
  }
}

function sheet(name: string, columns: readonly Column[], rows: readonly TaxFilingRow[]) {
  return { name, columns: [...columns], rows: rows.map((row) => columns.map(({ of }) => of(row))) }
}
