import type { Client } from '#decisions/queries/client'
import { inChunks, toInt } from '#shared/database'
import type { AnnouncedPlaces } from '#shared/ports/announced_places'
import { SEEKING } from '../domain/states.js'

/**
 * Places of posts for which plans under way still look for somebody, beside the plan named. Who was
 * hired already holds the place or is about to: that one counts as a holder.
 */
export async function announcedPlaces(
  postIds: number[],
  besidePlanId: number | null,
  client: Client
): Promise<Map<number, AnnouncedPlaces>> {
  const hired = client
    .from('recruitment_applications as a')
    .whereColumn('a.recruitment_post_id', 'p.id')
    .where('a.state', 'hired')
    .count('*')
    .as('hired')
  const rows = await inChunks(postIds, 400, (piece) =>
    client
      .from('recruitment_posts as p')
      .join('recruitments as r', 'r.id', 'p.recruitment_id')
      .whereIn('p.post_id', piece)
      .whereIn('r.state', [...SEEKING])
      .whereNot('r.id', besidePlanId ?? 0)
      .orderBy('r.id')
      .select('p.post_id', 'p.places', 'r.number', hired)
  )
  const open = rows.filter((row) => Number(row.places) > toInt(row.hired))
  const groups = Map.groupBy(open, (row) => Number(row.post_id))
  return new Map(
    [...groups].map(([id, plans]) => [
      id,
      {
        places: plans.reduce((sum, row) => sum + Number(row.places) - toInt(row.hired), 0),
        by: plans.map((row): string => row.number),
      },
    ])
  )
}
