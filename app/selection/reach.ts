import type { Actor, Target } from '#shared/actor'
import { caseKey } from '#shared/ports/cases'

/** The kind of a round in the key of a grant for one case. */
export const ROUND_CASE = 'selection_round'

/** What is asked about a round: its unit, or a grant for this round alone. */
export function roundTarget({ id, unitId }: { id: number; unitId: number }): Target {
  return { unitId, caseKey: caseKey(ROUND_CASE, id) }
}

/** Rounds that a capability reaches: those of its units, and those granted one by one. */
export interface RoundReach {
  units: 'all' | number[]
  rounds: number[]
}

export function roundReach(actor: Actor, capability: string): RoundReach {
  return {
    units: actor.unitsFor(capability),
    rounds: actor.casesFor(capability, ROUND_CASE),
  }
}

interface Narrowed {
  where(group: (any: any) => void): unknown
}

/** Rows of these rounds alone; `round` is the name of their table in the query. */
export function withinReach<Q extends Narrowed>(
  query: Q,
  round: string,
  { units, rounds }: RoundReach
): Q {
  if (units !== 'all') {
    query.where((any) => any.whereIn(`${round}.unit_id`, units).orWhereIn(`${round}.id`, rounds))
  }
  return query
}
