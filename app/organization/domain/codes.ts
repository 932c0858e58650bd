import type { CodeTable } from './code_table.js'

/** 岗位性质 */
export type PostNature = 'editorial' | 'technical' | 'commercial' | 'administrative'
/** 岗位类别; also the category of a quota and the series of a grade. */
export type PostCategory = 'management' | 'professional' | 'support'
/** 经费形式 */
export type FundingType = 'full' | 'partial' | 'self'
/** 用工形式 */
export type EmploymentType = 'establishment' | 'contract' | 'enterprise'
/** 编制类型 as rosters write it: employment type and funding type in one word. */
export type EmploymentTerms = FundingType | 'contract' | 'enterprise'
/** 公益类别 */
export type UnitClass = 'public_one' | 'public_two' | 'enterprise' | 'government'

export const POST_NATURES: CodeTable<PostNature> = {
  editorial: ['采编', '采编岗', '采编类'],
  technical: ['技术', '技术岗', '技术类'],
  commercial: ['经营', '经营岗', '经营类'],
  administrative: ['行政', '行政岗', '行政类', '综合管理'],
}

export const POST_CATEGORIES: CodeTable<PostCategory> = {
  management: ['管理', '管理岗', '管理岗位'],
  professional: ['专业技术', '专技', '专技岗', '专业技术岗', '专业技术岗位'],
  support: ['工勤技能', '工勤', '工勤岗', '工勤技能岗', '工勤技能岗位'],
}

export const FUNDING_TYPES: CodeTable<FundingType> = {
  full: ['全额拨款', '全额', '全额事业', '财政全额拨款', '财政全额补助'],
  partial: ['差额拨款', '差额', '差额事业', '财政差额拨款', '财政差额补助'],
  self: ['自收自支', '自筹', '经费自理'],
}

export const EMPLOYMENT_TYPES: CodeTable<EmploymentType> = {
  establishment: ['在编', '在编人员', '事业编制'],
  contract: ['编外', '编外聘用', '编外人员', '聘用', '合同制'],
  enterprise: ['企业', '企业聘用', '企业人员'],
}

export const EMPLOYMENT_TERMS: CodeTable<EmploymentTerms> = {
  ...FUNDING_TYPES,
  contract: ['编外聘用', '编外', '编外人员', '合同制', '聘用制', '临聘'],
  enterprise: ['企业聘用', '企业', '企业人员'],
}

export const UNIT_CLASSES: CodeTable<UnitClass> = {
  public_one: ['公益一类', '公益1类'],
  public_two: ['公益二类', '公益2类'],
  enterprise: ['企业', '国有企业'],
  government: ['机关', '行政机关'],
}

/** Order of the categories wherever they are listed, and the last word when they are equal. */
export const CATEGORY_ORDER: readonly PostCategory[] = ['management', 'professional', 'support']
export const FUNDING_ORDER: readonly FundingType[] = ['full', 'partial', 'self']

/** Splits the one word of the roster into the two facts of an assignment. */
export function employmentOf(terms: EmploymentTerms): {
  employmentType: EmploymentType
  fundingType: FundingType | null
} {
  return terms === 'contract' || terms === 'enterprise'
    ? { employmentType: terms, fundingType: null }
    : { employmentType: 'establishment', fundingType: terms }
}
