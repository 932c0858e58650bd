import db from '@adonisjs/lucid/services/db'
import { inChunks, toInt, type Row } from '#shared/database'
import { announcedPlacesPort, type AnnouncedPlaces } from '#shared/ports/announced_places'
import type { Client } from '#decisions/queries/client'
import { headcountFigures } from '#organization/domain/headcount'
import { peopleOnPosts } from '#organization/queries/post_places'
import { promisedPlaces } from '#people/queries/promised_places'
import { mappedNames, type TargetPost } from '../domain/build_lines.js'
import { UNDER_WAY } from '../domain/states.js'

export interface PostRow extends TargetPost {
  unitId: number
  code: string | null
  departmentName: string
  headcount: number | null
  /** Places that recruitment plans under way hold; they are not free. */
  announced: AnnouncedPlaces | null
  validFrom: string
  validTo: string | null
}

/** Posts of a unit that are valid on a civil date, with the places that this batch may still use. */
export async function postsOfUnit(
  unitId: number,
  date: string,
  batchId: number | null,
  client: Client = db
): Promise<PostRow[]> {
  const rows = await postQuery(client)
    .where('o.unit_id', unitId)
    .where('o.valid_from', '<=', date)
    .where((open) => open.whereNull('o.valid_to').orWhere('o.valid_to', '>', date))
    .orderBy('o.id')
  return withPlaces(rows, date, batchId, client)
}

/** Departments of a unit that are there on a civil date. */
export async function departmentsOn(
  unitId: number,
  date: string,
  client: Client = db
): Promise<{ id: number; name: string }[]> {
  const rows = await client
    .from('departments')
    .where('unit_id', unitId)
    .where('valid_from', '<=', date)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', date))
    .orderBy('id')
    .select('id', 'name')
  return rows.map((row) => ({ id: Number(row.id), name: row.name }))
}

/** Posts by their ids, valid or not, with their places. */
export async function postsByIds(
  ids: number[],
  date: string,
  batchId: number | null,
  client: Client = db
): Promise<Map<number, PostRow>> {
  const rows = await inChunks(ids, 400, (piece) => postQuery(client).whereIn('o.id', piece))
  const posts = await withPlaces(rows, date, batchId, client)
  return new Map(posts.map((post) => [post.id, post]))
}

function postQuery(client: Client) {
  return client
    .from('posts as o')
    .join('departments as d', 'd.id', 'o.department_id')
    .select('o.*', 'd.name as department_name')
}

async function withPlaces(rows: Row[], date: string, batchId: number | null, client: Client) {
  const ids = rows.map((row) => Number(row.id))
  const held = await peopleOnPosts(ids, date, client)
  const claimed = await claimedByOthers(ids, batchId, client)
  const promised = await promisedPlaces(ids, date, client)
  const announced = await announcedPlacesPort.of(ids, { client, batchId })
  return rows.map((row): PostRow => {
    const id = Number(row.id)
    const headcount = row.headcount === null ? null : Number(row.headcount)
    const others = announced.get(id) ?? null
    const taken = (claimed.get(id)?.places ?? 0) + (promised.get(id) ?? 0) + (others?.places ?? 0)
    const places = headcountFigures(headcount, held.get(id) ?? 0, taken)
    return {
      id,
      unitId: Number(row.unit_id),
      departmentId: Number(row.department_id),
      departmentName: row.department_name,
      code: row.code,
      name: row.name,
      nature: row.nature,
      employmentType: row.employment_type,
      gradeTop: row.grade_top,
      gradeBottom: row.grade_bottom,
      headcount,
      free: places.free,
      announced: others?.places ? others : null,
      mapsFrom: mappedNames(row.maps_from),
      validFrom: row.valid_from,
      validTo: row.valid_to,
    }
  })
}

/**
 * Places that batches under way have promised, beside the one named, and their numbers. `locked`: as
 * they are now, for the caller's transaction has read before it waited for the lock of the post.
 */
export async function claimedByOthers(
  ids: number[],
  batchId: number | null,
  client: Client,
  locked = false
): Promise<Map<number, AnnouncedPlaces>> {
  const rows = await inChunks(ids, 400, (piece) => {
    const query = client
      .from('transfer_lines as l')
      .join('transfer_batches as b', 'b.id', 'l.batch_id')
      .whereIn('l.to_post_id', piece)
      .whereIn('b.state', [...UNDER_WAY])
      .whereNot('b.id', batchId ?? 0)
      .groupBy('l.to_post_id', 'b.id', 'b.number')
      .orderBy('b.id')
      .select('l.to_post_id', 'b.number')
      .count('* as people')
    return locked ? query.forShare() : query
  })
  const posts = Map.groupBy(rows, (row) => Number(row.to_post_id))
  return new Map(
    [...posts].map(([id, batches]) => [
      id,
      {
        places: batches.reduce((sum, row) => sum + toInt(row.people), 0),
        by: batches.map((row): string => row.number),
      },
    ])
  )
}
