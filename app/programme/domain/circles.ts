import type { PlanLink } from './plan.js'

/** The items of the circle that a new link would close, from its end round to it; null: none. */
export function circleClosedBy(
  links: readonly PlanLink[],
  { fromId, toId }: Pick<PlanLink, 'fromId' | 'toId'>
): number[] | null {
  const cameFrom = new Map<number, number | null>([[toId, null]])
  const open = [toId]
  while (open.length > 0) {
    const at = open.shift()!
    if (at === fromId) return pathTo(at, cameFrom)
    for (const link of links) {
      if (link.fromId !== at || cameFrom.has(link.toId)) continue
      cameFrom.set(link.toId, at)
      open.push(link.toId)
    }
  }
  return null
}

function pathTo(end: number, cameFrom: ReadonlyMap<number, number | null>): number[] {
  const path: number[] = []
  for (let at: number | null = end; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at)
  return [...path, path[0]]
}
