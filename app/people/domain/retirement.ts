import { addDays, addMonths, monthOf, monthsBetween, shiftMonth } from '#shared/dates'
import type { Sex } from './codes.js'
import type { RetirementAge, RetirementGroup, RetirementRule } from './retirement_rules.js'

export interface RetirementInput {
  /** `YYYY-MM-DD`, or `YYYY-MM` where no more is known. */
  birth: string
  sex: Sex
  /** Counts for women alone: 工人, 干部, or a senior professional post. */
  kind: 'worker' | 'cadre' | 'senior'
  /** A woman in a senior post may choose the age of 干部 instead (组通字〔2015〕14号). */
  choosesCadreAge?: boolean
  rules: readonly RetirementRule[]
  /** 弹性提前 (negative) or 延迟, with the document that allows it. */
  deviation?: { months: number; documentNo: string }
}

export type RetirementResult =
  | {
      ok: true
      /** Age on retiring, in months, deviation included. */
      ageMonths: number
      /** Month in which the age is reached, `YYYY-MM`. */
      month: string
      /** The day it is reached; null when only the month of birth is known. */
      reachedOn: string | null
      /** Last day of service: the last day of `month`. */
      lastDay: string
      /** First day out of service; the half-open end of the assignment. */
      endsOn: string
      source: string
    }
  | {
      ok: false
      error: 'no_rule' | 'deviation_without_document' | 'deviation_too_long' | 'before_old_age'
    }

/**
 * When a person retires. The newest rule that speaks of the group and under which the age falls on
 * or after the rule's own start applies. People leave at the end of the month in which they reach
 * the age, and the pension is paid from the next month (人社部发〔2024〕94号,
 * 实施弹性退休制度暂行办法). Who is born on a day that the month of retiring has not, reaches the
 * age on that month's last day. A deviation needs a document, is bounded by the rule and never
 * goes below the old age (原法定退休年龄).
 */
export function retirementDate(input: RetirementInput): RetirementResult {
  const group = groupOf(input)
  const born = monthOf(input.birth)
  const found = ruleFor(input.rules, group, born)
  if (!found) return { ok: false, error: 'no_rule' }
  const { rule, age, legalMonths } = found
  const moved = input.deviation?.months ?? 0
  if (moved !== 0 && !input.deviation?.documentNo.trim()) {
    return { ok: false, error: 'deviation_without_document' }
  }
  if (!Number.isInteger(moved) || Math.abs(moved) > rule.deviationMonths) {
    return { ok: false, error: 'deviation_too_long' }
  }
  const ageMonths = legalMonths + moved
  if (ageMonths < age.baseMonths) return { ok: false, error: 'before_old_age' }
  const month = shiftMonth(born, ageMonths)
  const endsOn = `${shiftMonth(month, 1)}-01`
  return {
    ok: true,
    ageMonths,
    month,
    reachedOn: input.birth.length === 10 ? addMonths(input.birth, ageMonths) : null,
    lastDay: addDays(endsOn, -1),
    endsOn,
    source: rule.source,
  }
}

/** The legal age in months of somebody born in a month `YYYY-MM`, by one rule. */
export function legalAgeMonths({ baseMonths, delay }: RetirementAge, birthMonth: string): number {
  if (!delay || birthMonth < delay.fromBirthMonth) return baseMonths
  const steps = Math.floor(monthsBetween(delay.fromBirthMonth, birthMonth) / delay.everyMonths) + 1
  return baseMonths + Math.min(steps, delay.maxMonths)
}

function groupOf({ sex, kind, choosesCadreAge }: RetirementInput): RetirementGroup {
  if (sex === 'male') return 'man'
  if (kind === 'worker') return 'woman_worker'
  return kind === 'senior' && !choosesCadreAge ? 'woman_senior' : 'woman_cadre'
}

function ruleFor(rules: readonly RetirementRule[], group: RetirementGroup, birthMonth: string) {
  const newestFirst = [...rules].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))
  for (const rule of newestFirst) {
    const age = rule.ages[group]
    if (!age) continue
    const legalMonths = legalAgeMonths(age, birthMonth)
    const reached = shiftMonth(birthMonth, legalMonths)
    if (reached >= monthOf(rule.validFrom)) return { rule, age, legalMonths }
  }
  return null
}
