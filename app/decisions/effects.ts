import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import type { DecisionRow } from './queries/decisions.js'

type Effect = (trx: Trx, actor: Actor, decision: DecisionRow) => Promise<void>
const effects = new Map<string, Effect>()

/**
 * What a decision sets going, by the type of its subject (an import row that was held is written
 * or rejected). Runs in the deciding transaction: decided and done, or neither.
 */
export const decisionEffects = {
  register(subjectType: string, effect: Effect) {
    effects.set(subjectType, effect)
  },
  async run(trx: Trx, actor: Actor, decision: DecisionRow) {
    await effects.get(decision.subjectType ?? '')?.(trx, actor, decision)
  },
}
