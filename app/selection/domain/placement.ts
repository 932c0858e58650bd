export interface PlacementFacts {
  /** In the order in which they are served: the lot of the round. */
  people: readonly { id: number; eligible: readonly string[] }[]
  /** Free places by post code. */
  free: ReadonlyMap<string, number>
  /** Caps over several posts: what is still free under each, and the codes that share it. */
  groups?: readonly PlacementGroup[]
}

export interface PlacementGroup {
  code: string
  free: number
  posts: readonly string[]
}

/**
 * Placement elsewhere (调剂) of those who accept it: as many people as there can be, and among those
 * ways the one that never leaves out an earlier person for a later one. Each takes the first free
 * eligible post by code; an earlier person moves to another free eligible post when that makes room,
 * in the post or under the cap that it shares.
 */
export function placeElsewhere({ people, free, groups = [] }: PlacementFacts): Map<number, string> {
  const held = new Map<string, Set<number>>([...free.keys()].map((code) => [code, new Set()]))
  const groupOf = new Map(groups.flatMap((group) => group.posts.map((code) => [code, group])))
  const at = new Map<number, string>()
  const wishes = new Map(
    people.map(({ id, eligible }) => [
      id,
      [...eligible].filter((code) => (free.get(code) ?? 0) > 0).sort(),
    ])
  )
  const put = (id: number, code: string) => {
    held.get(at.get(id) ?? '')?.delete(id)
    held.get(code)!.add(id)
    at.set(id, code)
    return true
  }
  const under = (group: PlacementGroup) =>
    group.posts.reduce((sum, code) => sum + (held.get(code)?.size ?? 0), 0)
  /** A place for somebody; `seen` are the posts and caps that were tried for the same newcomer. */
  const seek = (id: number, seen: Set<unknown>): boolean =>
    wishes.get(id)!.some((code) => isNew(code, seen) && take(id, code, seen))
  /** Somebody leaves the post for another one. */
  const leaves = (code: string, seen: Set<unknown>) =>
    [...(held.get(code) ?? [])].some((other) => seek(other, seen))
  const take = (id: number, code: string, seen: Set<unknown>): boolean => {
    if (held.get(code)!.size < free.get(code)!) {
      const group = groupOf.get(code)
      if (!group || under(group) < group.free) return put(id, code)
      const others = isNew(group, seen) ? group.posts : []
      if (others.some((other) => isNew(other, seen) && leaves(other, seen))) return put(id, code)
    }
    return leaves(code, seen) && put(id, code)
  }
  for (const { id } of people) seek(id, new Set())
  return at
}

/** Notes it as tried; false: it was before. */
function isNew(one: unknown, seen: Set<unknown>): boolean {
  return !seen.has(one) && Boolean(seen.add(one))
}

export interface PlacementViolation {
  kind: 'over_capacity' | 'group_over_capacity' | 'not_eligible'
  /** Empty for a cap that is broken. */
  applicant: string
  post: string
}

/** What a placement is solved from, as it is kept and hashed. */
export interface PlacementInstance {
  people: readonly { id: string; eligible: readonly string[] }[]
  free: Record<string, number>
  groups?: readonly PlacementGroup[]
  seed: string
}

/** Everybody on a free post for which he is eligible, nothing over its cap: by the definition alone. */
export function checkPlacement(
  { people, free, groups = [] }: PlacementInstance,
  placed: Record<string, string>
): PlacementViolation[] {
  const eligible = new Map(people.map((person) => [person.id, person.eligible]))
  const count = (posts: readonly string[]) =>
    Object.values(placed).filter((post) => posts.includes(post)).length
  return [
    ...Object.entries(placed).flatMap(([applicant, post]) =>
      eligible.get(applicant)?.includes(post)
        ? []
        : [{ kind: 'not_eligible' as const, applicant, post }]
    ),
    ...[...new Set(Object.values(placed))].flatMap((post) =>
      count([post]) > (free[post] ?? 0)
        ? [{ kind: 'over_capacity' as const, applicant: '', post }]
        : []
    ),
    ...groups.flatMap((group) =>
      count(group.posts) > group.free
        ? [{ kind: 'group_over_capacity' as const, applicant: '', post: group.code }]
        : []
    ),
  ]
}
