import type { CodeTable } from '#organization/domain/code_table'

/** 指标类型 */
export const INDICATOR_KINDS = ['quantity', 'quality', 'attendance', 'adjustment', 'veto'] as const
export type IndicatorKind = (typeof INDICATOR_KINDS)[number]
/** Kinds whose weights add up to 100. */
export const WEIGHTED: readonly IndicatorKind[] = ['quantity', 'quality']

/** Where a value comes from. */
export const INDICATOR_SOURCES = ['entered', 'imported', 'work_points', 'computed'] as const
export type IndicatorSource = (typeof INDICATOR_SOURCES)[number]

export const CYCLE_KINDS = ['month', 'quarter', 'year'] as const
export type CycleKind = (typeof CYCLE_KINDS)[number]

/** 考核档次, best first. */
export const RATINGS = [
  'excellent',
  'qualified',
  'basically_qualified',
  'unqualified',
  'undetermined',
] as const
export type Rating = (typeof RATINGS)[number]

export const RATING_SPELLINGS: CodeTable<Rating> = {
  excellent: ['优秀', '优', 'A'],
  qualified: ['合格', '称职', 'B'],
  basically_qualified: ['基本合格', '基本称职', 'C'],
  unqualified: ['不合格', '不称职', 'D'],
  undetermined: ['不确定档次', '不定档次', '不确定等次', '不定等次'],
}

/** Ratings that the person may appeal against (art. 36). */
export const APPEALABLE: readonly Rating[] = ['basically_qualified', 'unqualified']

/** In a smaller group one could tell who said what. */
export const LEAST_GROUP = 3

export const SCORER_ROLES = ['manager', 'peer', 'service'] as const
export type ScorerRole = (typeof SCORER_ROLES)[number]

/** How the review of a person goes: graded, or not and why. */
export const OUTLOOKS = ['graded', 'comment_only', 'undetermined', 'leader', 'left'] as const
export type Outlook = (typeof OUTLOOKS)[number]

/** Whom the manager gives a word instead of a score. */
export const COMMENTED: readonly Outlook[] = ['comment_only', 'undetermined']

/** A whole: weights are kept in hundredths of a per cent. */
export const WHOLE = 10_000
