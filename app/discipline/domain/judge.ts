import { isReformAct, ruleOf, type Rule } from './rules.js'

/** Half-open `[from, to)`. */
export interface Period {
  from: string
  to: string
}

export interface StandingFreeze {
  id: number
  /** Live dates of each rule; one that is left out is not in force. */
  rules: Partial<Record<Rule, Period>>
  unitIds: readonly number[]
  programmeDocumentIds: readonly number[]
}

/** An approved exemption that has not run out. */
export interface StandingExemption {
  id: number
  rule: Rule
  unitId: number
  /** null: for the unit as a whole. */
  personId: number | null
  /** Last day. */
  untilOn: string
  /** What is left of its amount; null: it has none. */
  leftFen: number | null
}

export interface Act {
  act: string
  unitIds: readonly number[]
  date: string
  today: string
  reformDocumentId: number | null
  personId: number | null
  amountFen: number | null
  allowed: string | null
}

export type Outcome = 'outside' | 'allowed' | 'reform' | 'exempted' | 'refused'

export interface Verdict {
  outcome: Outcome
  rule: Rule | null
  /** The frozen unit that is concerned, the first one named. */
  unitId: number | null
  period: Period | null
  exemptionId: number | null
}

/** How discipline answers to an act while a freeze stands. */
export function judge(
  act: Act,
  freeze: StandingFreeze,
  exemptions: readonly StandingExemption[] = []
): Verdict {
  const rule = ruleOf(act.act)
  const unitId = act.unitIds.find((id) => freeze.unitIds.includes(id)) ?? null
  const period = (rule && freeze.rules[rule]) ?? null
  const verdict = (outcome: Outcome, exemptionId: number | null = null): Verdict => ({
    outcome,
    rule,
    unitId,
    period,
    exemptionId,
  })
  if (!rule || unitId === null || !period || !isFrozen(act, period)) return verdict('outside')
  if (act.allowed) return verdict('allowed')
  if (isReformAct(act.act) && isProgramme(act, freeze)) return verdict('reform')
  const frozen = act.unitIds.filter((id) => freeze.unitIds.includes(id))
  const fitting = exemptions.filter((exemption) => fits(exemption, rule, act, frozen))
  // An exemption for the person before one for the whole unit.
  const found = fitting.find(({ personId }) => personId !== null) ?? fitting[0]
  return found ? verdict('exempted', found.id) : verdict('refused')
}

/**
 * An act is frozen when it takes effect in the period, and when it is done in the period with an
 * effect before it: a date that is put back opens no door.
 */
export function isFrozen({ date, today }: Pick<Act, 'date' | 'today'>, { from, to }: Period) {
  const doneInside = today >= from && today < to
  return date < to && (date >= from || doneInside)
}

function isProgramme({ reformDocumentId }: Act, freeze: StandingFreeze): boolean {
  return reformDocumentId !== null && freeze.programmeDocumentIds.includes(reformDocumentId)
}

function fits(exemption: StandingExemption, rule: Rule, act: Act, frozen: readonly number[]) {
  return (
    exemption.rule === rule &&
    // One unit's exemption opens nothing in another.
    frozen.every((id) => id === exemption.unitId) &&
    exemption.untilOn >= act.today &&
    (exemption.personId === null || exemption.personId === act.personId) &&
    (exemption.leftFen === null || (act.amountFen !== null && act.amountFen <= exemption.leftFen))
  )
}
