import { levelOf, seriesOf, type Grade } from '#organization/domain/grades'
import { shiftMonth } from '#shared/dates'
import type { Sex } from './codes.js'
import { retirementDate, type RetirementInput, type RetirementResult } from './retirement.js'
import { RETIREMENT_RULES, rulesKnownOn } from './retirement_rules.js'

export type RetirementKind = 'worker' | 'cadre' | 'senior'

export interface RetirementFacts {
  /** `YYYY-MM-DD`. */
  birthOn: string | null
  sex: Sex | null
  grade: Grade | null
  /** What is on record for the person; null: it follows from the grade. */
  retirementKind: RetirementKind | null
}

/** Senior professional posts (高级职称): levels 1 to 7. */
export const SENIOR_LEVELS = 7
const SEARCH_YEARS = 90

/**
 * 工人, 干部 or a senior professional post: what is on record decides, else the grade; nobody is a
 * cadre without a grade of management or of a profession. `cadre` on record is a senior woman's
 * own choice of the lower age.
 */
export function retirementKindOf({ retirementKind, grade }: RetirementFacts): RetirementKind {
  if (retirementKind) return retirementKind
  if (!grade || seriesOf(grade) === 'support') return 'worker'
  return seriesOf(grade) === 'professional' && levelOf(grade) <= SENIOR_LEVELS ? 'senior' : 'cadre'
}

/**
 * When and by which rule a person retires, by the rules known on `today`; null while birth or sex
 * is unknown. `deviation`: months earlier (negative) or later, with the document that allows it.
 */
export function retirementOf(
  facts: RetirementFacts,
  today: string,
  deviation?: RetirementInput['deviation']
): RetirementResult | null {
  if (!facts.birthOn || !facts.sex) return null
  return retirementDate({
    birth: facts.birthOn,
    sex: facts.sex,
    kind: retirementKindOf(facts),
    rules: rulesKnownOn(RETIREMENT_RULES, today),
    deviation,
  })
}

/**
 * Who of a group is out of service by a date: those born before this date (`YYYY-MM-DD`, the first
 * of a month). Later birth never means earlier retirement, so one bound says it for a whole list.
 */
export function bornBefore(group: { sex: Sex; kind: RetirementKind }, by: string, today: string) {
  const retiresBy = (month: string) => {
    const result = retirementOf(
      { birthOn: `${month}-01`, sex: group.sex, grade: null, retirementKind: group.kind },
      today
    )
    return !result?.ok || result.endsOn <= by
  }
  let [known, open] = [shiftMonth(by.slice(0, 7), -SEARCH_YEARS * 12), by.slice(0, 7)]
  while (shiftMonth(known, 1) < open) {
    const middle = middleMonth(known, open)
    if (retiresBy(middle)) known = middle
    else open = middle
  }
  return `${open}-01`
}

function middleMonth(from: string, to: string): string {
  const months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12
  const between = months + Number(to.slice(5)) - Number(from.slice(5))
  return shiftMonth(from, Math.floor(between / 2))
}
