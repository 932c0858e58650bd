import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import type { DecisionRow } from '../queries/decisions.js'

/** Nobody proposes or decides a question that is about the own person. */
export function refuseOwn({ subjectType, subjectId }: DecisionRow, actor: Actor) {
  if (subjectType === 'person' && actor.isSelf(subjectId)) {
    throw new DomainError('decisions.errors.own')
  }
}
