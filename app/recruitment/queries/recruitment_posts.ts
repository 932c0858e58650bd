import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { PostCategory } from '#organization/domain/codes'
import { idOrNull, toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { HOLDING } from '../domain/states.js'

export interface RecruitmentPostRow {
  id: number
  recruitmentId: number
  postId: number
  code: string | null
  name: string
  departmentId: number
  departmentName: string
  gradeBottom: string | null
  quotaRequestId: number | null
  quotaRequestNo: string | null
  quotaRequestState: string | null
  category: PostCategory
  places: number
  plannedPlaces: number
  minEducation: string | null
  maxAge: number | null
  requirements: string | null
  ratioDocumentId: number | null
  ratioDocumentNo: string | null
  version: number
  /** Applications that were not taken back; those that passed the review; who holds a place. */
  applied: number
  qualified: number
  holding: number
  hired: number
}

/** The posts of a plan with the counts of their applications. */
export async function recruitmentPosts(
  recruitmentId: number,
  client: Client = db
): Promise<RecruitmentPostRow[]> {
  const rows = await postsFrom(client)
    .where('recruitment_posts.recruitment_id', recruitmentId)
    .orderBy('posts.code')
    .orderBy('recruitment_posts.id')
  return rows.map(postOf)
}

export async function recruitmentPostById(id: number, client: Client = db) {
  const row = await postsFrom(client).where('recruitment_posts.id', id).first()
  if (!row) throw new NotFoundError('recruitment post')
  return postOf(row)
}

function postsFrom(client: Client) {
  const count = (states: readonly string[] | null, name: string) => {
    const query = client
      .from('recruitment_applications as a')
      .whereColumn('a.recruitment_post_id', 'recruitment_posts.id')
      .count('*')
    if (states) query.whereIn('a.state', states as string[])
    else query.whereNot('a.state', 'withdrawn')
    return query.as(name)
  }
  return client
    .from('recruitment_posts')
    .join('posts', 'posts.id', 'recruitment_posts.post_id')
    .join('departments', 'departments.id', 'posts.department_id')
    .leftJoin('quota_requests', 'quota_requests.id', 'recruitment_posts.quota_request_id')
    .leftJoin('documents', 'documents.id', 'recruitment_posts.ratio_document_id')
    .select('recruitment_posts.*', 'posts.code', 'posts.name', 'posts.grade_bottom')
    .select('posts.department_id', 'departments.name as department_name')
    .select('quota_requests.number as request_no', 'quota_requests.state as request_state')
    .select('documents.document_no as ratio_document_no')
    .select(count(null, 'applied'))
    .select(
      count(['qualified', 'candidate', 'passed', 'dropped', 'hired', 'unsuccessful'], 'qualified')
    )
    .select(count(HOLDING, 'holding'))
    .select(count(['hired'], 'hired'))
}

function postOf(row: any): RecruitmentPostRow {
  return {
    id: Number(row.id),
    recruitmentId: Number(row.recruitment_id),
    postId: Number(row.post_id),
    code: row.code,
    name: row.name,
    departmentId: Number(row.department_id),
    departmentName: row.department_name,
    gradeBottom: row.grade_bottom,
    quotaRequestId: idOrNull(row.quota_request_id),
    quotaRequestNo: row.request_no,
    quotaRequestState: row.request_state,
    category: row.category,
    places: Number(row.places),
    plannedPlaces: Number(row.planned_places),
    minEducation: row.min_education,
    maxAge: idOrNull(row.max_age),
    requirements: row.requirements,
    ratioDocumentId: idOrNull(row.ratio_document_id),
    ratioDocumentNo: row.ratio_document_no,
    version: Number(row.version),
    applied: toInt(row.applied),
    qualified: toInt(row.qualified),
    holding: toInt(row.holding),
    hired: toInt(row.hired),
  }
}
