export interface Narrowed {
  whereIn(column: string, values: number[]): unknown
}

/** Rows of the units that a capability reaches (`actor.unitsFor`); of no unit, none. */
export function withinUnits<Q extends Narrowed>(
  query: Q,
  column: string,
  units: 'all' | number[]
): Q {
  if (units !== 'all') query.whereIn(column, units)
  return query
}
