import type { Client } from '#decisions/queries/client'
import { inChunks, type Row } from '#shared/database'
import { peakAbove, type Stay } from '../domain/peak.js'
import { approvedHires, type ApprovedHire } from './approved_hires.js'

/**
 * Places of posts, beside those held on the date, that are promised to who begins later: approved
 * hires that were not carried out yet, and main assignments in the time to come. With hires that the
 * caller has `locked` these alone count, and the assignments are read behind a lock as well.
 */
export async function promisedPlaces(
  postIds: readonly number[],
  date: string,
  client: Client,
  locked?: ApprovedHire[]
): Promise<Map<number, number>> {
  if (postIds.length === 0) return new Map()
  const wanted = new Set(postIds)
  const hires = (locked ?? (await approvedHires(client))).flatMap(({ details, effectiveOn }) => {
    const postId = details.postId ?? 0
    // A hire whose day has come and that nobody carried out still takes its place.
    return wanted.has(postId) ? [{ postId, from: laterOf(effectiveOn, date), to: null }] : []
  })
  const stays = (ids: readonly number[], begins: '<=' | '>') =>
    mainStays(ids, begins, date, client, locked !== undefined)
  const beginning = await stays(postIds, '>')
  const coming = [...hires, ...beginning]
  const held = await stays([...new Set(coming.map(({ postId }) => postId))], '<=')
  const groups = Map.groupBy(coming, ({ postId }) => postId)
  return new Map(
    [...groups].map(([id, later]) => {
      const now = held.filter(({ postId }) => postId === id)
      return [id, peakAbove([...now, ...later], now, date)]
    })
  )
}

/** Main assignments of the posts that began until the date and last on it, or that begin after it. */
async function mainStays(
  postIds: readonly number[],
  begins: '<=' | '>',
  date: string,
  client: Client,
  locked: boolean
): Promise<(Stay & { postId: number })[]> {
  const rows: Row[] = await inChunks([...postIds], 400, async (piece) => {
    const query = client
      .from('assignments')
      .where({ live: 1, kind: 'main' })
      .whereIn('post_id', piece)
      .where('valid_from', begins, date)
      .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', date))
      .select('post_id', 'valid_from', 'valid_to')
    return locked ? query.forUpdate() : query
  })
  return rows.map((row) => ({
    postId: Number(row.post_id),
    from: row.valid_from,
    to: row.valid_to,
  }))
}

const laterOf = (one: string, other: string) => (one > other ? one : other)
