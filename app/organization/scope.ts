import type { ActiveGrant, Actor } from '#shared/actor'
import { ForbiddenError } from '#shared/errors'

/** For acts that belong to no single unit (a new unit, a merger): only a grant over all will do. */
export function authorizeEverywhere(actor: Actor, capability: string): ActiveGrant | null {
  const grant = actor.authorize(capability)
  if (actor.unitsFor(capability) !== 'all') throw new ForbiddenError(capability)
  return grant
}

/** The same for showing or hiding. */
export function mayEverywhere(actor: Actor, capability: string): boolean {
  return actor.unitsFor(capability) === 'all'
}
