import type db from '@adonisjs/lucid/services/db'
import type { Trx } from '#shared/database'

/** Places of a post for which plans under way still look for somebody, and the plans' numbers. */
export interface AnnouncedPlaces {
  places: number
  plans: readonly string[]
}

type Source = (postIds: number[], client: typeof db | Trx) => Promise<Map<number, AnnouncedPlaces>>

let source: Source | null = null

/** A batch asks which places of posts are not its to give; recruitment answers, by post. */
export const announcedPlacesPort = {
  register(answer: Source) {
    source = answer
  },
  async of(postIds: number[], client: typeof db | Trx): Promise<Map<number, AnnouncedPlaces>> {
    return source ? source(postIds, client) : new Map()
  },
}
