import type { Side, Treatment } from './items.js'
import type { Parameters } from './rules.js'
import type { PayClass, RunKind } from './runs.js'

export interface StandardItem {
  code: string
  name: string
  side: Side
  tax: Treatment
  drawsOn: 'basic' | 'incentive' | null
  formula: string
  orderNo: number
  runKind: RunKind
}

const line = (
  orderNo: number,
  code: string,
  name: string,
  side: Side,
  tax: Treatment,
  formula: string,
  drawsOn: StandardItem['drawsOn'] = null,
  runKind: RunKind = 'monthly'
): StandardItem => ({ orderNo, code, name, side, tax, formula, drawsOn, runKind })

/** 年终一次性奖金: a month's wage of December, by the rating of the year; outside the total. */
const bonus = (wage: string) =>
  line(
    10,
    'bonus',
    '年终一次性奖金',
    'earning',
    'taxable',
    `${wage} * 考核等次系数`,
    null,
    'year_end'
  )

const PENSION_BASE = '限(养老医疗缴费基数, 缴费基数下限, 缴费基数上限)'

/** Establishment staff: the current wage system, pension of public institutions, annuity. */
export const ESTABLISHMENT_ITEMS: readonly StandardItem[] = [
  line(10, 'post_pay', '岗位工资', 'earning', 'taxable', '岗位工资标准'),
  line(20, 'step_pay', '薪级工资', 'earning', 'taxable', '薪级工资标准'),
  line(30, 'allowance', '津贴补贴', 'earning', 'taxable', '津贴补贴标准'),
  line(40, 'basic', '基础性绩效', 'earning', 'taxable', '基础性绩效月标准', 'basic'),
  line(110, 'pension', '养老保险', 'deduction', 'insurance', `${PENSION_BASE} * 8%`),
  line(120, 'annuity', '职业年金', 'deduction', 'insurance', `${PENSION_BASE} * 4%`),
  line(130, 'medical', '医疗保险', 'deduction', 'insurance', `${PENSION_BASE} * 2%`),
  line(140, 'unemployment', '失业保险', 'deduction', 'insurance', `${PENSION_BASE} * 0.5%`),
  line(150, 'housing', '住房公积金', 'deduction', 'insurance', '公积金基数 * 12%'),
  line(210, 'employer_pension', '单位养老保险', 'employer', 'none', `${PENSION_BASE} * 16%`),
  line(220, 'employer_annuity', '单位职业年金', 'employer', 'none', `${PENSION_BASE} * 8%`),
  line(230, 'employer_medical', '单位医疗保险', 'employer', 'none', `${PENSION_BASE} * 8%`),
  line(240, 'employer_unemployment', '单位失业保险', 'employer', 'none', `${PENSION_BASE} * 0.5%`),
  line(250, 'employer_housing', '单位住房公积金', 'employer', 'none', '公积金基数 * 12%'),
  bonus('(岗位工资标准 + 薪级工资标准)'),
]

/** Contract staff: the enterprise pension, no annuity; the wage itself is a decision. */
export const CONTRACT_ITEMS: readonly StandardItem[] = [
  line(10, 'contract_pay', '合同工资', 'earning', 'taxable', '合同工资标准'),
  line(40, 'basic', '基础性绩效', 'earning', 'taxable', '编外基础性绩效月标准', 'basic'),
  ...ESTABLISHMENT_ITEMS.filter(
    ({ code, side }) => side !== 'earning' && !code.endsWith('annuity')
  ),
  bonus('合同工资标准'),
]

export const STANDARD_ITEMS: Record<PayClass, readonly StandardItem[]> = {
  establishment: ESTABLISHMENT_ITEMS,
  contract: CONTRACT_ITEMS,
}

/** Rates of the locality and standards without a table of their own; dated with their document. */
export const DEFAULT_PARAMETERS: Parameters = {
  缴费基数下限: { value: '3800', unit: 'yuan_month' },
  缴费基数上限: { value: '19000', unit: 'yuan_month' },
  基础性绩效月标准: { value: '3000', unit: 'yuan_month' },
  编外基础性绩效月标准: { value: '1833.33', unit: 'yuan_month' },
  合同工资标准: { value: '2600', unit: 'yuan_month' },
  优秀奖金系数: { value: '1', unit: 'times' },
  合格奖金系数: { value: '1', unit: 'times' },
  基本合格奖金系数: { value: '0', unit: 'times' },
  不合格奖金系数: { value: '0', unit: 'times' },
  不确定档次奖金系数: { value: '0', unit: 'times' },
}
