import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import { headcountFigures, type HeadcountFigures } from '../domain/headcount.js'
import type { EmploymentType, PostCategory, PostNature } from '../domain/codes.js'
import { peopleOnPosts } from './post_places.js'

export interface DepartmentRow {
  id: number
  unitId: number
  name: string
  frontLine: boolean
  weight: string | null
  validFrom: string
  validTo: string | null
  version: number
}

export interface PostRow {
  id: number
  unitId: number
  departmentId: number
  departmentName: string
  code: string | null
  name: string
  nature: PostNature
  category: PostCategory | null
  gradeTop: string | null
  gradeBottom: string | null
  employmentType: EmploymentType | null
  headcount: number | null
  coefficient: string | null
  frontLine: boolean
  mapsFrom: string | null
  requirements: string | null
  validFrom: string
  validTo: string | null
  version: number
}

export type FilledPost = PostRow & { figures: HeadcountFigures }

export async function departmentById(id: number, client: Client = db): Promise<DepartmentRow> {
  const row = await client.from('departments').where('id', id).first()
  if (!row) throw new NotFoundError('department')
  return departmentOf(row)
}

export async function departmentsOf(unitId: number, client: Client = db): Promise<DepartmentRow[]> {
  const rows = await client.from('departments').where('unit_id', unitId).orderBy('id')
  return rows.map(departmentOf)
}

export async function postById(id: number, client: Client = db): Promise<PostRow> {
  const row = await rowsFrom(client).where('posts.id', id).first()
  if (!row) throw new NotFoundError('post')
  return postOf(row)
}

/** Posts of a unit with headcount against the people who hold them on the day. */
export async function filledPosts(
  unitId: number,
  asOf: string = clock.today()
): Promise<FilledPost[]> {
  const rows = await rowsFrom(db)
    .where('posts.unit_id', unitId)
    .orderBy('posts.department_id')
    .orderBy('posts.code')
    .orderBy('posts.id')
  const ids = rows.map((row) => Number(row.id))
  const held = await peopleOnPosts(ids, asOf, db)
  return rows.map((row) => {
    const post = postOf(row)
    return { ...post, figures: headcountFigures(post.headcount, held.get(post.id) ?? 0) }
  })
}

/** Posts to choose from in a form: those of the unit (and department) that are in force. */
export async function findPosts(
  filter: { unitId: number; departmentId?: number | null; text?: string | null },
  limit: number
): Promise<PostRow[]> {
  const query = rowsFrom(db)
    .where('posts.unit_id', filter.unitId)
    .whereNull('posts.valid_to')
    .orderBy('posts.code')
    .orderBy('posts.id')
    .limit(limit)
  if (filter.departmentId) query.where('posts.department_id', filter.departmentId)
  if (filter.text) {
    const like = `%${filter.text.replace(/[\\%_]/g, '')}%`
    query.where((where) =>
      where.where('posts.name', 'like', like).orWhere('posts.code', 'like', like)
    )
  }
  return (await query).map(postOf)
}

function rowsFrom(client: Client) {
  return client
    .from('posts')
    .join('departments', 'departments.id', 'posts.department_id')
    .select('posts.*', 'departments.name as department_name')
}

function departmentOf(row: any): DepartmentRow {
  return {
    id: Number(row.id),
    unitId: Number(row.unit_id),
    name: row.name,
    frontLine: Boolean(row.front_line),
    weight: row.weight,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    version: Number(row.version),
  }
}

function postOf(row: any): PostRow {
  return {
    id: Number(row.id),
    unitId: Number(row.unit_id),
    departmentId: Number(row.department_id),
    departmentName: row.department_name,
    code: row.code,
    name: row.name,
    nature: row.nature,
    category: row.category,
    gradeTop: row.grade_top,
    gradeBottom: row.grade_bottom,
    employmentType: row.employment_type,
    headcount: row.headcount === null ? null : Number(row.headcount),
    coefficient: row.coefficient,
    frontLine: Boolean(row.front_line),
    mapsFrom: row.maps_from,
    requirements: row.requirements,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    version: Number(row.version),
  }
}
