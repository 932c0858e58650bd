import { settingOn } from '#transfers/queries/settings'
import type { Client } from '#decisions/queries/client'
import { DEFAULT_RULES, YEAR_RULE, type RecruitmentKind, type Rules } from '../domain/rules.js'
import type { YearRule } from '../domain/rules.js'

/** What a new plan of a kind starts from on a date: the setting over the defaults. */
export async function rulesFor(kind: RecruitmentKind, date: string): Promise<Rules> {
  const set = (await settingOn('recruitment.rules', date)) as Partial<
    Record<RecruitmentKind, Partial<Rules>>
  > | null
  return { ...DEFAULT_RULES[kind], ...set?.[kind] }
}

export async function yearRuleOn(date: string, client?: Client): Promise<YearRule> {
  const set = (await settingOn(
    'recruitment.growth_years',
    date,
    client
  )) as Partial<YearRule> | null
  return { ...YEAR_RULE, ...set }
}
