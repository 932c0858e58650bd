/** Categories of spending. Daily ones have a ceiling (必要日常开支); the others are never daily. */
export const DAILY_CATEGORIES = [
  'office',
  'printing',
  'utilities',
  'post_telecom',
  'property',
  'travel',
  'repair',
  'vehicle',
  'training',
  'contract_labour',
] as const
export const SPENDING_CATEGORIES = [
  ...DAILY_CATEGORIES,
  'regular_pay',
  'bonus',
  'hospitality',
  'equipment',
  'project',
  'dividend',
  'other',
] as const
export type SpendingCategory = (typeof SPENDING_CATEGORIES)[number]

export const SPENDING_BASES = [
  'outside',
  'before_freeze',
  'daily',
  'allowed',
  'exempted',
  'reform',
] as const
export type SpendingBasis = (typeof SPENDING_BASES)[number]

/** Ceilings in fen for a payment and for a month. */
export interface Limit {
  singleFen: number
  monthFen: number
}

/**
 * What a freeze begins with until the finance bureau's own figures are entered: proposals, in yuan,
 * a payment and a month.
 */
export const PROPOSED_LIMITS: ReadonlyArray<readonly [SpendingCategory, number, number]> = [
  ['office', 2_000, 10_000],
  ['printing', 5_000, 20_000],
  ['utilities', 30_000, 60_000],
  ['post_telecom', 5_000, 15_000],
  ['property', 20_000, 40_000],
  ['travel', 3_000, 20_000],
  ['repair', 5_000, 20_000],
  ['vehicle', 3_000, 12_000],
  ['training', 3_000, 10_000],
  ['contract_labour', 10_000, 60_000],
]

/** The same payee however it is written: width, case, blanks, brackets. */
export function payeeKey(payee: string): string {
  return payee
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()（）【】[\]·.,，。、-]/g, '')
}
