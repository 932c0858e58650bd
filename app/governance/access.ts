import { ForbiddenError } from '#shared/errors'
import type { ActiveGrant, Actor } from '#shared/actor'
import type { PartRow } from './queries/parts.js'

/** Units whose tasks the actor sees: overseers by their reach, a liaison by the own unit. */
export function taskUnits(actor: Actor): 'all' | number[] {
  const reach = [actor.unitsFor('governance.view'), actor.unitsFor('governance.report')]
  if (reach.includes('all')) return 'all'
  return [...new Set(reach.flatMap((units) => units as number[]))]
}

/** Bodies, meetings and orders as a whole belong to no unit: only a grant over all reaches them. */
export function authorizeAll(actor: Actor, capability: string): ActiveGrant | null {
  const grant = actor.authorize(capability)
  if (actor.unitsFor(capability) !== 'all') throw new ForbiddenError(capability)
  return grant
}

export const mayAll = (actor: Actor, capability: string) => actor.unitsFor(capability) === 'all'

/**
 * The parts of a task that the actor may open: an overseer whose grant reaches the lead's unit
 * sees all; everybody else only what is the own unit's, once it was assigned. None: ForbiddenError.
 */
export function visibleParts(actor: Actor, parts: readonly PartRow[]): PartRow[] {
  const lead = parts.find(({ role }) => role === 'lead')
  if (lead && actor.may('governance.view', { unitId: lead.unitId })) return [...parts]
  const own = parts.filter(
    (part) => part.taskState !== 'draft' && part.state !== 'ended' && seesPart(actor, part)
  )
  if (own.length === 0) throw new ForbiddenError('governance.view')
  return own
}

export function seesPart(actor: Actor, { unitId }: { unitId: number }): boolean {
  return actor.may('governance.view', { unitId }) || actor.may('governance.report', { unitId })
}

/** Opens one part or refuses. */
export function authorizePart(actor: Actor, part: { unitId: number }) {
  if (!seesPart(actor, part)) throw new ForbiddenError('governance.view')
}
