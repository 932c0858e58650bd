import type { SearchHit } from '#shared/ports/search'

export interface SearchGroup {
  kind: string
  hits: SearchHit[]
}

/** Hits by what they are, in the order in which the modules answered. */
export function groupHits(hits: readonly SearchHit[]): SearchGroup[] {
  const groups = new Map<string, SearchHit[]>()
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit])
  return [...groups].map(([kind, found]) => ({ kind, hits: found }))
}
