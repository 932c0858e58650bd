import type { Client } from '#decisions/queries/client'
import type { FundingType, PostCategory } from '#organization/domain/codes'
import { quotaCategoryOf } from '#organization/domain/grades'
import { inChunks, type Row } from '#shared/database'
import { peakAbove, type Stay } from '../domain/peak.js'
import type { EventDetails } from '../domain/event_details.js'

/**
 * Places of posts, beside those held on the date, that are promised to who begins later: approved
 * hires that were not carried out yet, and main assignments in the time to come.
 */
export async function promisedPlaces(
  postIds: readonly number[],
  date: string,
  client: Client
): Promise<Map<number, number>> {
  if (postIds.length === 0) return new Map()
  const wanted = new Set(postIds)
  const hires = (await approvedHires(client)).flatMap(({ details, effectiveOn }) => {
    const postId = details.postId ?? 0
    // A hire whose day has come and that nobody carried out still takes its place.
    return wanted.has(postId) ? [{ postId, from: later(effectiveOn, date), to: null }] : []
  })
  const beginning = await mainStays(postIds, '>', date, client)
  const coming = [...hires, ...beginning]
  const held = await mainStays([...new Set(coming.map(({ postId }) => postId))], '<=', date, client)
  const groups = Map.groupBy(coming, ({ postId }) => postId)
  return new Map(
    [...groups].map(([id, stays]) => {
      const now = held.filter(({ postId }) => postId === id)
      return [id, peakAbove([...now, ...stays], now, date)]
    })
  )
}

export interface PromisedSeat {
  unitId: number
  fundingType: FundingType
  category: PostCategory
}

/** Seats of the units that approved hires will fill and that no request has reserved. */
export async function promisedSeats(
  unitIds: readonly number[],
  client: Client
): Promise<PromisedSeat[]> {
  return (await approvedHires(client)).flatMap(({ unitId, details }) => {
    const { employmentType, fundingType, grade, quotaRequestId } = details
    const free = employmentType === 'establishment' && !quotaRequestId && unitIds.includes(unitId)
    return free && fundingType && grade
      ? [{ unitId, fundingType, category: quotaCategoryOf(grade) }]
      : []
  })
}

async function approvedHires(client: Client) {
  const rows = await client
    .from('personnel_events')
    .where({ kind: 'hire', state: 'approved' })
    .orderBy('id')
    .select('unit_id', 'effective_on', 'details')
  return rows.map((row) => ({
    unitId: Number(row.unit_id),
    effectiveOn: row.effective_on as string,
    details: JSON.parse(row.details) as EventDetails,
  }))
}

/** Main assignments of the posts that began until the date and last on it, or that begin after it. */
async function mainStays(
  postIds: readonly number[],
  begins: '<=' | '>',
  date: string,
  client: Client
): Promise<(Stay & { postId: number })[]> {
  const rows: Row[] = await inChunks([...postIds], 400, (piece) =>
    client
      .from('assignments')
      .where({ live: 1, kind: 'main' })
      .whereIn('post_id', piece)
      .where('valid_from', begins, date)
      .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', date))
      .select('post_id', 'valid_from', 'valid_to')
  )
  return rows.map((row) => ({
    ...{ postId: Number(row.post_id), from: row.valid_from, to: row.valid_to },
  }))
}

const later = (one: string, other: string) => (one > other ? one : other)
