import { checkBook, formulaOf, type Formula, type Types } from '#shared/formulas/formula'
import { DomainError } from '#shared/errors'

export const SIDES = ['earning', 'deduction', 'employer'] as const
export type Side = (typeof SIDES)[number]
export const TREATMENTS = ['taxable', 'exempt', 'insurance', 'other', 'none'] as const
export type Treatment = (typeof TREATMENTS)[number]

/** A pay item as it counts on a day. Its formula reads and gives yuan. */
export interface PayItem {
  id: number
  code: string
  name: string
  side: Side
  tax: Treatment
  drawsOn: 'basic' | 'incentive' | null
  formula: string
  orderNo: number
}

/** 考核等次系数: what the rating of the year counts for in a year-end bonus. */
export const RATING_FACTOR = '考核等次系数'

/** 岗位系数: the value of the post that a person holds, by evaluation or by the sheet. */
export const POST_COEFFICIENT = '岗位系数'

/** What a formula may read of a person, beside the dated parameters and the other items. */
export const PERSON_NAMES = [
  '岗位工资标准',
  '薪级工资标准',
  '津贴补贴标准',
  '养老医疗缴费基数',
  '公积金基数',
  POST_COEFFICIENT,
  '发放月数',
  RATING_FACTOR,
] as const

/** What the formulas of an incentive run may read. */
export const SCORE_NAMES = ['工作量分', '质量分', '加减分'] as const
export const WEIGHT_NAMES = ['得分', '岗位系数', '出勤率', '部门权重', '一线倾斜'] as const

/** Which tax treatment each side of an item may have. */
const FITTING: Record<Side, readonly Treatment[]> = {
  earning: ['taxable', 'exempt'],
  deduction: ['insurance', 'other'],
  employer: ['none'],
}

/** Items that are computed together: the order in which one may use another, or what is wrong. */
export function bookOf(items: readonly PayItem[], parameters: readonly string[]) {
  const formulas = new Map<string, Formula>()
  for (const { name, formula } of items) formulas.set(name, formulaOf(formula))
  const given: Types = Object.fromEntries(
    [...PERSON_NAMES, ...parameters].map((name) => [name, 'number' as const])
  )
  const { order, problems } = checkBook(formulas, given)
  return { formulas, order, problems }
}

/** Refuses an item whose side and tax treatment do not go together. */
export function checkTreatment(side: Side, tax: Treatment) {
  if (FITTING[side].includes(tax)) return
  const code = 'pay.errors.treatment'
  throw new DomainError(code, {}, [{ field: 'tax', code }])
}
