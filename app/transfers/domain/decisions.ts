import type { LineFacts } from './check_line.js'
import { blocked, type Finding } from './findings.js'

/** 待定事项 that a transfer may need (law 14). */
export const COMMERCIAL_STAFF = 'commercial_establishment_staff'
export const OPINION_CENTRE_STAFF = 'opinion_centre_establishment_staff'
export type DecisionCode = typeof COMMERCIAL_STAFF | typeof OPINION_CENTRE_STAFF

export interface DecisionFacts {
  /** Decided ones; where the people and seats go: this unit, a company, or it is not said. */
  decided: ReadonlyMap<DecisionCode, { unitId: number | null; toCompany: boolean }>
  /** Units whose establishment the plan forgot: 新闻网络舆情中心. */
  undecidedUnits: ReadonlySet<number>
  /** Companies: business is done there, so that no decision is needed for commercial staff. */
  enterprises: ReadonlySet<number>
}

/**
 * The decisions that a line needs. The plan lets staff of the centre do no business, and it names
 * only 广播电视台 and 报社 as those whose people come with their seats.
 */
export function decisionsFor(facts: LineFacts, context: DecisionFacts): DecisionCode[] {
  const { line, now } = facts
  const establishment = line.kind === 'quota_only' || line.employmentType === 'establishment'
  if (!establishment) return []
  const codes: DecisionCode[] = []
  if (now?.postNature === 'commercial' && !context.enterprises.has(line.toUnitId)) {
    codes.push(COMMERCIAL_STAFF)
  }
  if (context.undecidedUnits.has(line.fromUnitId)) codes.push(OPINION_CENTRE_STAFF)
  return codes
}

/** Missing decisions stop the line by name; a decided one is kept to. */
export function decisionFindings(facts: LineFacts, context: DecisionFacts): Finding[] {
  return decisionsFor(facts, context).flatMap((decision) => {
    const decided = context.decided.get(decision)
    if (!decided) return [blocked('decision_missing', 'split', { decision })]
    const elsewhere = decided.unitId !== null && decided.unitId !== facts.line.toUnitId
    if (elsewhere || decided.toCompany) {
      return [blocked('decision_elsewhere', 'choose_unit', { decision })]
    }
    const needsPost = decision === COMMERCIAL_STAFF
    const fits = facts.post !== null && facts.post.nature !== 'commercial'
    return needsPost && !fits ? [blocked('commercial_post_needed', 'set_target')] : []
  })
}
