import type { Actor } from '#shared/actor'
import { ForbiddenError, NotFoundError } from '#shared/errors'
import { cardById, cardCount, type CardRow } from './queries/cards.js'
import { cycleById, type CycleRow } from './queries/cycles.js'

/** Whose cards an actor sees: of units and of departments. Scores, never pay. */
export interface ResultScope {
  units: 'all' | number[]
  departments: number[]
}

/** The scope of every list, count, export and picture of results. */
export function resultScope(actor: Actor): ResultScope {
  const departments = actor.grants
    .filter((grant) => grant.capabilities.includes('performance.view_department'))
    .flatMap((grant) => grant.departmentIds)
  return { units: actor.unitsFor('performance.view'), departments }
}

/** Throws ForbiddenError for those who see nobody's results. */
export function authorizeResults(actor: Actor): ResultScope {
  const scope = resultScope(actor)
  const sees = scope.units === 'all' || scope.units.length > 0 || scope.departments.length > 0
  if (!sees) throw new ForbiddenError('performance.view')
  return scope
}

/** A cycle with what of it the actor may see; the owner's people see all of it. */
export interface OpenedCycle {
  cycle: CycleRow
  scope: ResultScope
  /** Sees the cycle as a whole: quotas, scorers, spread. */
  whole: boolean
}

export async function openCycle(actor: Actor, id: number): Promise<OpenedCycle> {
  const cycle = await cycleById(id)
  if (actor.may('performance.view', { unitId: cycle.unitId })) {
    return { cycle, scope: { units: 'all', departments: [] }, whole: true }
  }
  const scope = authorizeResults(actor)
  if ((await cardCount({ cycleId: id, ...scope })) === 0)
    throw new ForbiddenError('performance.view')
  return { cycle, scope, whole: false }
}

/** A card that the actor may open: by unit, by department, or because it is the own one. */
export async function openCard(
  actor: Actor,
  id: number
): Promise<{ card: CardRow; cycle: CycleRow; own: boolean }> {
  const card = await cardById(id)
  const cycle = await cycleById(card.cycleId)
  const own = isOwn(actor, card)
  if (!own && !seesCard(actor, card, cycle)) throw new ForbiddenError('performance.view')
  return { card, cycle, own }
}

type CardPlace = Pick<CardRow, 'unitId' | 'departmentId' | 'personId'>

function isOwn(actor: Actor, { personId }: CardPlace): boolean {
  return actor.isSelf(personId) && actor.may('performance.self', { personId })
}

/** Sees the result of somebody else: by unit or by department. */
export function seesCard(actor: Actor, card: CardPlace, cycle: CycleRow): boolean {
  const { unitId, departmentId } = card
  return (
    actor.may('performance.view', { unitId }) ||
    actor.may('performance.view', { unitId: cycle.unitId }) ||
    (departmentId !== null && actor.may('performance.view_department', { departmentId }))
  )
}

/** The capability over a card: in its unit, or in the unit that holds the cycle. */
export function authorizeCard(actor: Actor, capability: string, card: CardRow, cycle: CycleRow) {
  const home = actor.grantFor(capability, { unitId: card.unitId })
  return home ?? actor.authorize(capability, { unitId: cycle.unitId })
}

/** The own card, or nothing of it is said. */
export async function openOwnCard(actor: Actor, id: number): Promise<CardRow> {
  const card = await cardById(id)
  if (!actor.isSelf(card.personId)) throw new ForbiddenError('performance.self')
  actor.authorize('performance.self', { personId: card.personId })
  return card
}

/** 404 for a number that is none. */
export function idOf(value: unknown): number {
  const id = Number(value)
  if (!Number.isSafeInteger(id) || id < 1) throw new NotFoundError('record')
  return id
}
