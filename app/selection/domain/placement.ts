export interface PlacementFacts {
  /** In the order in which they are served: the lot of the round. */
  people: readonly { id: number; eligible: readonly string[] }[]
  /** Free places by post code. */
  free: ReadonlyMap<string, number>
}

/**
 * Placement elsewhere (调剂) of those who accept it: as many people as there can be, and among those
 * ways the one that never leaves out an earlier person for a later one. Each takes the first free
 * eligible post by code; an earlier person moves to another free eligible post when that makes room.
 */
export function placeElsewhere({ people, free }: PlacementFacts): Map<number, string> {
  const held = new Map<string, number[]>([...free.keys()].map((code) => [code, []]))
  const at = new Map<number, string>()
  const wishes = new Map(
    people.map(({ id, eligible }) => [
      id,
      [...eligible].filter((code) => (free.get(code) ?? 0) > 0).sort(),
    ])
  )
  const put = (id: number, code: string) => {
    const before = at.get(id)
    if (before)
      held.set(
        before,
        held.get(before)!.filter((one) => one !== id)
      )
    held.get(code)!.push(id)
    at.set(id, code)
  }
  const seek = (id: number, seen: Set<string>): boolean => {
    for (const code of wishes.get(id)!) {
      if (seen.has(code)) continue
      seen.add(code)
      if (held.get(code)!.length < free.get(code)!) {
        put(id, code)
        return true
      }
      for (const other of held.get(code)!) {
        if (seek(other, seen)) {
          put(id, code)
          return true
        }
      }
    }
    return false
  }
  for (const { id } of people) seek(id, new Set())
  return at
}
