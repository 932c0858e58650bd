import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import type { DecisionRow } from '../queries/decisions.js'

/** Nobody proposes or decides a question that is about the own person. */
export function refuseOwn(decision: DecisionRow, actor: Actor) {
  if (isAboutSelf(decision, actor)) throw new DomainError('decisions.errors.own')
}

export function isAboutSelf({ subjectType, subjectId }: DecisionRow, actor: Actor): boolean {
  return subjectType === 'person' && actor.isSelf(subjectId)
}
