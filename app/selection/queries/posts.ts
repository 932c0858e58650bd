import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { EmploymentType, PostNature } from '#organization/domain/codes'
import { clock } from '#shared/clock'
import { promisedPlaces } from '#people/queries/promised_places'
import { NotFoundError } from '#shared/errors'
import { announcedPlacesPort } from '#shared/ports/announced_places'
import { claimedByOthers } from '#transfers/queries/posts'

export interface SelectionPost {
  id: number
  roundId: number
  postId: number
  listId: number
  listName: string
  code: string
  name: string
  unitId: number
  unitName: string
  departmentId: number
  departmentName: string
  employmentType: EmploymentType | null
  /** Places offered in this round, of the post's headcount. */
  capacity: number
  headcount: number | null
  minimum: number
  natures: PostNature[]
  requirements: string | null
  version: number
}

export interface SelectionList {
  id: number
  roundId: number
  code: string
  name: string
  capacity: number | null
  version: number
}

/** Posts of a round by their codes. */
export async function postsOf(roundId: number, client: Client = db): Promise<SelectionPost[]> {
  return (await postsFrom(client).where('s.round_id', roundId).orderBy('s.code')).map(postOf)
}

export async function postById(id: number, client: Client = db): Promise<SelectionPost> {
  const row = await postsFrom(client).where('s.id', id).first()
  if (!row) throw new NotFoundError('selection post')
  return postOf(row)
}

export async function listsOf(roundId: number, client: Client = db): Promise<SelectionList[]> {
  const rows = await client.from('selection_lists').where('round_id', roundId).orderBy('code')
  return rows.map(listOf)
}

export async function listById(id: number, client: Client = db): Promise<SelectionList> {
  const row = await client.from('selection_lists').where('id', id).first()
  if (!row) throw new NotFoundError('selection list')
  return listOf(row)
}

export interface TakenPlaces {
  /** People at work there now who do not choose anew in this round, and who begins there later. */
  filled: number
  /** Places that other rounds and recruitment plans keep, and that batches under way bring people to. */
  promised: number
  by: string[]
}

/** What is no longer free of the posts that a round offers, by post. */
export async function takenPlaces(
  roundId: number,
  client: Client = db
): Promise<Map<number, TakenPlaces>> {
  const offered = () => client.from('selection_posts').where('round_id', roundId).select('post_id')
  const taken = new Map<number, TakenPlaces>()
  const at = (postId: unknown) => {
    const none = { filled: 0, promised: 0, by: [] }
    return taken.get(Number(postId)) ?? taken.set(Number(postId), none).get(Number(postId))!
  }
  const choosing = client.from('selection_participants').where('round_id', roundId)
  const filled = await client
    .from('assignments')
    .where('open_main', 1)
    .whereIn('post_id', offered())
    .whereNotIn('id', choosing.select('assignment_id'))
    .groupBy('post_id')
    .select('post_id')
    .count('* as people')
  for (const row of filled) at(row.post_id).filled = Number(row.people)
  const postIds = (await offered()).map((row) => Number(row.post_id))
  const later = await promisedPlaces(postIds, clock.today(), client)
  for (const [postId, people] of later) at(postId).filled += people
  for (const [postId, { places, by }] of [
    ...(await announcedPlacesPort.of(postIds, { client })),
    ...(await claimedByOthers(postIds, null, client)),
  ]) {
    const place = at(postId)
    place.promised += places
    place.by.push(...by)
  }
  return taken
}

function postsFrom(client: Client) {
  return client
    .from('selection_posts as s')
    .join('selection_lists as l', 'l.id', 's.list_id')
    .join('posts as o', 'o.id', 's.post_id')
    .join('units as u', 'u.id', 'o.unit_id')
    .join('departments as d', 'd.id', 'o.department_id')
    .select('s.*', 'l.name as list_name', 'o.name', 'o.unit_id', 'o.department_id', 'o.headcount')
    .select('o.employment_type', 'u.name as unit_name', 'd.name as department_name')
}

function postOf(row: any): SelectionPost {
  return {
    id: Number(row.id),
    roundId: Number(row.round_id),
    postId: Number(row.post_id),
    listId: Number(row.list_id),
    listName: row.list_name,
    code: row.code,
    name: row.name,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    departmentId: Number(row.department_id),
    departmentName: row.department_name,
    employmentType: row.employment_type,
    capacity: Number(row.capacity),
    headcount: row.headcount === null ? null : Number(row.headcount),
    minimum: Number(row.minimum),
    natures: JSON.parse(row.natures),
    requirements: row.requirements,
    version: Number(row.version),
  }
}

function listOf(row: any): SelectionList {
  return {
    id: Number(row.id),
    roundId: Number(row.round_id),
    code: row.code,
    name: row.name,
    capacity: row.capacity === null ? null : Number(row.capacity),
    version: Number(row.version),
  }
}
