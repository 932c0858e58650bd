import { Exact } from '#shared/formulas/formula'
import { SCORER_ROLES, type ScorerRole } from './codes.js'

export interface GivenScores {
  role: ScorerRole
  scores: Record<string, string>
}

export type RoleWeights = Record<ScorerRole, number>

export interface Combined {
  /** Indicator id → value; only what somebody scored. */
  values: Map<number, string>
  /** Answers by role, those of a group that is too small among them. */
  counts: Record<ScorerRole, number>
  /** Roles whose group was too small to count and to show. */
  tooSmall: ScorerRole[]
}

/**
 * One value an indicator from several scorers: the mean of each role by the role's weight, shared
 * out among the roles that answered. Peers and service users answer without their names: a group
 * below the minimum is neither counted nor shown, for one could tell who said what.
 */
export function combine(
  given: readonly GivenScores[],
  weights: RoleWeights,
  minimumGroup: number
): Combined {
  const counts = { manager: 0, peer: 0, service: 0 }
  for (const { role } of given) counts[role]++
  const tooSmall = SCORER_ROLES.filter(
    (role) => role !== 'manager' && counts[role] > 0 && counts[role] < minimumGroup
  )
  const counted = given.filter(({ role }) => !tooSmall.includes(role) && weights[role] > 0)
  const indicators = [...new Set(counted.flatMap(({ scores }) => Object.keys(scores)))]
  const values = new Map<number, string>()
  for (const id of indicators) values.set(Number(id), valueOf(id, counted, weights))
  return { values, counts, tooSmall }
}

function valueOf(id: string, given: readonly GivenScores[], weights: RoleWeights): string {
  let total = Exact.ZERO
  let whole = 0
  for (const role of SCORER_ROLES) {
    const answers = given.filter((one) => one.role === role && id in one.scores)
    if (answers.length === 0) continue
    const mean = Exact.sum(answers.map(({ scores }) => Exact.from(scores[id]))).dividedBy(
      Exact.from(answers.length)
    )
    total = total.plus(mean.times(Exact.from(weights[role])))
    whole += weights[role]
  }
  return total.dividedBy(Exact.from(whole)).round(4).toString()
}
