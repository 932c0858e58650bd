import type { Client } from '#decisions/queries/client'
import { inChunks, toInt } from '#shared/database'

/** How many people hold each of the posts on a civil date as their main post. */
export async function peopleOnPosts(
  postIds: number[],
  date: string,
  client: Client
): Promise<Map<number, number>> {
  const rows = await inChunks(postIds, 400, (piece) =>
    holders(client, date)
      .whereIn('post_id', piece)
      .groupBy('post_id')
      .select('post_id')
      .count('* as people')
  )
  return new Map(rows.map((row) => [Number(row.post_id), toInt(row.people)]))
}

/** Main assignments in force on the date. */
export function holders(client: Client, date: string) {
  return client
    .from('assignments')
    .where({ live: 1, kind: 'main' })
    .where('valid_from', '<=', date)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', date))
}
