/** 公开招聘, 特殊人才引进, 编外人才成长通道 */
export const KINDS = ['open', 'talent', 'growth'] as const
export type RecruitmentKind = (typeof KINDS)[number]

export const TIE_KEYS = ['written', 'interview', 'education', 'service'] as const
export type TieKey = (typeof TIE_KEYS)[number]

export interface Rules {
  writtenWeight: number
  openRatio: number
  interviewRatio: number
  /** Hundredths of a point. */
  passScore: number
  dropExtremes: boolean
  tieKeys: readonly TieKey[]
  publicityDays: number
  minYears: number
}

/** From how many examiners on the highest and the lowest score are dropped. */
export const DROP_FROM = 5
/** The share of the written test that an open recruitment may not go below (local). */
export const LEAST_WRITTEN = 30

/**
 * What a new plan starts from (rules.md; local where so marked); each plan carries its own, and the
 * setting `recruitment.rules` replaces them from a date on. Talent introduction and the growth path
 * are assessed directly: no written test, nobody to leave out before the interview.
 */
export const DEFAULT_RULES: Record<RecruitmentKind, Rules> = {
  open: {
    writtenWeight: 40,
    openRatio: 3,
    interviewRatio: 3,
    passScore: 60_00,
    dropExtremes: true,
    tieKeys: ['written', 'education', 'service'],
    publicityDays: 7,
    minYears: 0,
  },
  talent: {
    writtenWeight: 0,
    openRatio: 1,
    interviewRatio: 0,
    passScore: 70_00,
    dropExtremes: true,
    tieKeys: ['education', 'service'],
    publicityDays: 7,
    minYears: 0,
  },
  growth: {
    writtenWeight: 0,
    openRatio: 1,
    interviewRatio: 0,
    passScore: 60_00,
    dropExtremes: true,
    tieKeys: ['service', 'education'],
    publicityDays: 5,
    minYears: 3,
  },
}

/** How the growth path counts years: the setting `recruitment.growth_years`. */
export interface YearRule {
  /** Employment types whose time counts. */
  types: readonly string[]
  /** Also the time before the first assignment on record, from the start of work. */
  beforeRecord: boolean
}
export const YEAR_RULE: YearRule = { types: ['contract'], beforeRecord: true }
