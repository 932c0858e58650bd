import type db from '@adonisjs/lucid/services/db'
import type { Trx } from '#shared/database'

/** Places of a post that somebody is looked for or was promised them, and by what: plans, rounds. */
export interface AnnouncedPlaces {
  places: number
  by: readonly string[]
}

export interface Asking {
  client: typeof db | Trx
  /** The batch that asks: whom it brings to a place takes none beside. */
  batchId?: number | null
}

type Source = (postIds: number[], asking: Asking) => Promise<Map<number, AnnouncedPlaces>>

const sources: Source[] = []

/** The numbers alone. */
export function placesAlone(all: Map<number, AnnouncedPlaces>): Map<number, number> {
  return new Map([...all].map(([postId, { places }]) => [postId, places]))
}

/** Who gives places of posts asks which are not free to give; recruitment and selection answer, by post. */
export const announcedPlacesPort = {
  register(source: Source) {
    sources.push(source)
  },
  async of(postIds: number[], asking: Asking): Promise<Map<number, AnnouncedPlaces>> {
    const all = new Map<number, AnnouncedPlaces>()
    for (const source of sources) {
      for (const [postId, more] of await source(postIds, asking)) {
        const known = all.get(postId) ?? { places: 0, by: [] }
        all.set(postId, { places: known.places + more.places, by: [...known.by, ...more.by] })
      }
    }
    return all
  },
}
