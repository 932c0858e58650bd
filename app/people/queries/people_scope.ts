import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { ForbiddenError } from '#shared/errors'
import { homeAssignmentOf, homesOf } from './assignments.js'
import { personById } from './person.js'

/** Whose records an actor sees: of units, of departments, and the own one. */
export interface PeopleScope {
  units: 'all' | number[]
  departments: number[]
  personId: number | null
  /** Who enters people sees those that were put on record and not yet hired anywhere. */
  newcomers: boolean
}

/** The scope of every list, count, search and export of people; `people.export` is units alone. */
export function peopleScope(actor: Actor, capability = 'people.view'): PeopleScope {
  if (capability !== 'people.view') {
    return { units: actor.unitsFor(capability), departments: [], personId: null, newcomers: false }
  }
  const departments = actor.grants
    .filter((grant) => grant.capabilities.includes('people.view_department'))
    .flatMap((grant) => grant.departmentIds)
  const own = actor.may('people.view_self') ? actor.personId : null
  return {
    units: actor.unitsFor('people.view'),
    departments,
    personId: own,
    newcomers: actor.may('people.edit'),
  }
}

/** Throws ForbiddenError for those who see nobody's record, not even an own one. */
export function authorizeAnyPeople(actor: Actor): PeopleScope {
  const scope = peopleScope(actor)
  const sees = scope.units === 'all' || scope.units.length || scope.departments.length
  if (!sees && scope.personId === null) throw new ForbiddenError('people.view')
  return scope
}

/** Keeps the rows of `p` (person) and `a` (main assignment) that the scope reaches. */
export function whereInScope(query: DatabaseQueryBuilderContract<any>, scope: PeopleScope) {
  const { units, departments, personId } = scope
  if (units === 'all') return query
  return query.where((any) => {
    any.whereIn('a.unit_id', units)
    if (departments.length) any.orWhereIn('a.department_id', departments)
    if (personId !== null) any.orWhere('a.person_id', personId)
  })
}

/** Where a person belongs today, as the target of a permission. */
export async function targetOf(personId: number) {
  const home = await homeAssignmentOf(personId, clock.today())
  return { personId, unitId: home?.unitId ?? null, departmentId: home?.departmentId ?? null, home }
}

/** True when the actor may open the record: by unit, by department, or because it is the own one. */
export async function mayView(actor: Actor, personId: number): Promise<boolean> {
  const { home } = await targetOf(personId)
  return opensRecord(actor, personId, home) || (home === null && isNew(actor, personId))
}

/** Of these people, whose records the actor may open: for links. */
export async function openRecords(actor: Actor, personIds: number[]): Promise<Set<number>> {
  const ids = [...new Set(personIds)]
  if (actor.unitsFor('people.view') === 'all') return new Set(ids)
  const homes = await homesOf(ids, clock.today())
  return new Set(ids.filter((id) => opensRecord(actor, id, homes.get(id) ?? null)))
}

type Home = { unitId: number; departmentId: number | null }

function opensRecord(actor: Actor, personId: number, home: Home | null): boolean {
  const [unitId, departmentId] = [home?.unitId ?? null, home?.departmentId ?? null]
  if (actor.may('people.view', { unitId, personId })) return true
  if (departmentId && actor.may('people.view_department', { departmentId, personId })) return true
  return actor.isSelf(personId) && actor.may('people.view_self', { personId })
}

/**
 * Somebody who was put on record and not yet hired belongs to no unit: whoever may enter people
 * sees the record until an assignment gives it a place.
 */
async function isNew(actor: Actor, personId: number): Promise<boolean> {
  if (!actor.may('people.edit')) return false
  const person = await personById(personId)
  return person !== null && !person.external && person.mergedInto === null
}

/** Throws ForbiddenError unless the actor may open the record. */
export async function authorizeView(actor: Actor, personId: number) {
  if (!(await mayView(actor, personId))) throw new ForbiddenError('people.view')
}

/** Throws ForbiddenError unless the actor may do `capability` in the unit where the person belongs. */
export async function authorizeFor(actor: Actor, capability: string, personId: number) {
  const { unitId, home } = await targetOf(personId)
  const first = capability === 'people.edit' || capability === 'people.events'
  if (home === null && first && actor.may(capability) && (await isNew(actor, personId))) return null
  return actor.authorize(capability, { unitId, personId })
}
