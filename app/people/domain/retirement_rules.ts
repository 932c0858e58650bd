/** Which age applies: 男; 女工人, 女干部, and 女 in senior professional posts (高级职称). */
export type RetirementGroup = 'man' | 'woman_worker' | 'woman_cadre' | 'woman_senior'

export interface RetirementAge {
  /** 原法定退休年龄 in months. */
  baseMonths: number
  /** Born in this month or later: the gradual delay applies. */
  delay?: {
    fromBirthMonth: string
    /** One month later for every so many months of birth. */
    everyMonths: number
    maxMonths: number
  }
}

/** A rule as a dated row: it holds for everybody whose age by this rule falls on or after it. */
export interface RetirementRule {
  validFrom: string
  /** When it was made known; before that no forecast may use it. */
  decidedOn: string
  source: string
  /** The groups of which the document speaks. */
  ages: Partial<Record<RetirementGroup, RetirementAge>>
  /** 弹性: how far a document may move the date, in months either way. */
  deviationMonths: number
}

const YEARS = 12

/**
 * The defaults of an installation; an administrator adds rows with their document.
 * - 国发〔1978〕104号: men 60, women workers 50, women cadres 55.
 * - 组通字〔2015〕14号: women in senior professional posts 60, or 55 by their own choice.
 * - 国务院关于渐进式延迟法定退休年龄的办法 (decision of 2024-09-13, in force from 2025-01-01):
 *   men and women at 55 one month for every four months of birth, up to 63 and 58; women at 50 one
 *   month for every two, up to 55. The decree does not name women at 60; they follow the men's
 *   table here, which is practice and not text.
 */
export const RETIREMENT_RULES: readonly RetirementRule[] = [
  {
    validFrom: '1978-06-02',
    decidedOn: '1978-06-02',
    source: '国发〔1978〕104号',
    ages: {
      man: { baseMonths: 60 * YEARS },
      woman_worker: { baseMonths: 50 * YEARS },
      woman_cadre: { baseMonths: 55 * YEARS },
      woman_senior: { baseMonths: 55 * YEARS },
    },
    deviationMonths: 36,
  },
  {
    validFrom: '2015-03-01',
    decidedOn: '2015-02-16',
    source: '组通字〔2015〕14号',
    ages: { woman_senior: { baseMonths: 60 * YEARS } },
    deviationMonths: 36,
  },
  {
    validFrom: '2025-01-01',
    decidedOn: '2024-09-13',
    source: '国务院关于渐进式延迟法定退休年龄的办法',
    ages: {
      man: gradual(60, '1965-01', 4, 36),
      woman_worker: gradual(50, '1975-01', 2, 60),
      woman_cadre: gradual(55, '1970-01', 4, 36),
      woman_senior: gradual(60, '1965-01', 4, 36),
    },
    deviationMonths: 36,
  },
]

/** The rules that were known on a date; a forecast made that day could use no other. */
export function rulesKnownOn(rules: readonly RetirementRule[], date: string): RetirementRule[] {
  return rules.filter(({ decidedOn }) => decidedOn <= date)
}

function gradual(
  years: number,
  fromBirthMonth: string,
  everyMonths: number,
  maxMonths: number
): RetirementAge {
  return { baseMonths: years * YEARS, delay: { fromBirthMonth, everyMonths, maxMonths } }
}
