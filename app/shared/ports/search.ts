import type { Actor } from '#shared/actor'

export interface SearchHit {
  kind: string
  title: string
  detail: string
  url: string
}

type Source = (actor: Actor, text: string, limit: number) => Promise<SearchHit[]>
const sources: Source[] = []

/** The search box asks every module; each answers only with what the actor may open. */
export const searchPort = {
  register(source: Source) {
    sources.push(source)
  },
  async find(actor: Actor, text: string, limit = 8): Promise<SearchHit[]> {
    const lists = await Promise.all(sources.map((source) => source(actor, text, limit)))
    return lists.flat()
  },
}
