import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'

/** Nobody enters or decides an amount of the own pay. */
export function refuseOwn(personId: number, actor: Actor) {
  if (actor.isSelf(personId)) throw new DomainError('pay.errors.own_pay')
}
