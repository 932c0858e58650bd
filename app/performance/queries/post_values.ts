import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { Levels } from '../domain/evaluation.js'

export type PostValueBasis = 'evaluation' | 'post' | 'sheet' | 'mapping'

/** 岗位价值系数 of a post and where it comes from. */
export interface PostValue {
  coefficient: string
  frontLine: boolean
  basis: PostValueBasis
  documentNo: string | null
}

export interface PostValueRow {
  postId: number
  unitId: number
  unitName: string
  departmentName: string
  code: string | null
  name: string
  nature: string
  employmentType: string | null
  people: number
  value: PostValue | null
}

/** Key of the coefficients that the sheet 岗位系数 gives to every post of a nature and name. */
export function nameKey(nature: string, name: string): string {
  return `name:${nature}:${name}`
}

export const postKey = (postId: number) => `post:${postId}`

/**
 * Answers for every post on a date: its own evaluation, else the coefficient of the post
 * (posts.xlsx), else the sheet's for its nature and name, else that of the new post that its people
 * go to (对应原岗位).
 */
export async function postValuesOn(
  date: string,
  client: Client = db
): Promise<(postId: number | null) => PostValue | null> {
  const posts = await client
    .from('posts')
    .join('departments', 'departments.id', 'posts.department_id')
    .select('posts.id', 'posts.name', 'posts.nature', 'posts.coefficient', 'posts.maps_from')
    .select('posts.front_line', 'departments.front_line as department_front_line')
    .orderBy('posts.id')
  const stored = await client
    .from('post_values')
    .leftJoin('documents', 'documents.id', 'post_values.document_id')
    .where('post_values.live', 1)
    .where('post_values.valid_from', '<=', date)
    .orderBy('post_values.valid_from')
    .select('post_values.*', 'documents.document_no')
  const byKey = new Map(stored.map((row) => [row.subject_key, row]))
  const byId = new Map(posts.map((row) => [Number(row.id), row]))
  const successors = new Map(
    posts
      .filter((row) => row.maps_from && row.coefficient)
      .map((row) => [nameKey(row.nature, row.maps_from), row])
  )
  return (postId) => {
    const post = postId === null ? null : byId.get(postId)
    if (!post) return null
    const key = nameKey(post.nature, post.name)
    const evaluated = byKey.get(postKey(Number(post.id)))
    const sheet = byKey.get(key)
    const successor = successors.get(key)
    const found: Array<[PostValueBasis, any]> = [
      ['evaluation', evaluated],
      ['post', post.coefficient ? post : null],
      ['sheet', sheet],
      ['mapping', successor],
    ]
    const [basis, row] = found.find(([, source]) => source) ?? []
    if (!basis) return null
    const own = Boolean(post.front_line) || Boolean(post.department_front_line)
    return {
      coefficient: row.coefficient,
      frontLine: row.front_line === null ? own : own || Boolean(row.front_line),
      basis,
      documentNo: row.document_no ?? null,
    }
  }
}

export interface PostValueFilter {
  units: 'all' | number[]
  unitId?: number | null
  nature?: string | null
  /** `held`: posts that somebody holds; `empty`: the others. */
  held?: 'held' | 'empty' | null
  text?: string | null
}

/** Posts in force on a date with what they are worth and how many hold them, unit by unit. */
export async function postValuePage(
  filter: PostValueFilter,
  date: string,
  cursor: string | null
): Promise<KeysetPage<PostValueRow>> {
  const page = await keysetPage<any>(matching(filter, date), {
    column: 'posts.unit_id',
    idColumn: 'posts.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor,
  })
  const valueOf = await postValuesOn(date)
  return { ...page, rows: page.rows.map((row) => rowOf(row, valueOf(Number(row.id)))) }
}

/** All posts of the filter in the order of the pages. */
export async function postValueList(
  filter: PostValueFilter,
  date: string
): Promise<PostValueRow[]> {
  const rows = await matching(filter, date).orderBy('posts.unit_id').orderBy('posts.id')
  const valueOf = await postValuesOn(date)
  return rows.map((row) => rowOf(row, valueOf(Number(row.id))))
}

function matching({ units, unitId, nature, held, text }: PostValueFilter, date: string) {
  const holders = () =>
    db.from('assignments').where('open_main', 1).whereColumn('assignments.post_id', 'posts.id')
  const query = db
    .from('posts')
    .join('units', 'units.id', 'posts.unit_id')
    .join('departments', 'departments.id', 'posts.department_id')
    .where('posts.valid_from', '<=', date)
    .where((open) => open.whereNull('posts.valid_to').orWhere('posts.valid_to', '>', date))
    .select('posts.*', 'units.name as unit_name', 'departments.name as department_name')
    .select(holders().count('*').as('people'))
  withinUnits(query, 'posts.unit_id', units)
  if (unitId) query.where('posts.unit_id', unitId)
  if (nature) query.where('posts.nature', nature)
  if (held === 'held') query.whereExists(holders())
  if (held === 'empty') query.whereNotExists(holders())
  if (text) query.whereLike('posts.name', `%${text}%`)
  return query
}

function rowOf(row: any, value: PostValue | null): PostValueRow {
  return {
    postId: Number(row.id),
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    departmentName: row.department_name,
    code: row.code,
    name: row.name,
    nature: row.nature,
    employmentType: row.employment_type,
    people: Number(row.people),
    value,
  }
}

export interface EvaluationRow {
  coefficient: string
  levels: Levels
  validFrom: string
  documentNo: string | null
  actor: string | null
  current: boolean
}

/** Evaluations of a post by points, newest first, replaced ones too. */
export async function evaluationsOf(postId: number): Promise<EvaluationRow[]> {
  const rows = await db
    .from('post_values')
    .leftJoin('documents', 'documents.id', 'post_values.document_id')
    .leftJoin('users', 'users.id', 'post_values.actor_id')
    .where({ subject_key: postKey(postId), basis: 'evaluation' })
    .orderBy('post_values.id', 'desc')
    .select('post_values.*', 'documents.document_no', 'users.name as actor')
  return rows.map((row) => ({
    coefficient: row.coefficient,
    levels: JSON.parse(row.factors),
    validFrom: row.valid_from,
    documentNo: row.document_no,
    actor: row.actor,
    current: row.superseded_by === null,
  }))
}
