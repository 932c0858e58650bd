import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { FundingType, PostCategory } from '#organization/domain/codes'
import { idOrNull, toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { withinUnits } from '#shared/lists/reach'
import type { RecruitmentKind, TieKey } from '../domain/rules.js'
import { HOLDING, type RecruitmentState } from '../domain/states.js'

export interface RecruitmentRow {
  id: number
  number: string
  title: string
  kind: RecruitmentKind
  unitId: number
  unitName: string
  documentId: number
  documentNo: string
  approvalDocumentNo: string | null
  fundingType: FundingType
  state: RecruitmentState
  applyFrom: string
  applyTo: string
  testsOn: string | null
  testsPlace: string | null
  writtenWeight: number
  openRatio: number
  interviewRatio: number
  passScore: number
  dropExtremes: boolean
  tieKeys: TieKey[]
  publicityDays: number
  seatsPerRoom: number
  minYears: number
  writtenClosedAt: string | null
  interviewClosedAt: string | null
  announcedOn: string | null
  publicityFrom: string | null
  publicityTo: string | null
  comment: string | null
  preparedBy: number | null
  preparedByName: string | null
  approvedByName: string | null
  version: number
  places: number
}

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

export interface RecruitmentFilters {
  kind?: string | null
  state?: string | null
  units: 'all' | number[]
}

/** Newest first. */
export async function recruitmentList(filters: RecruitmentFilters, limit = 200) {
  const query = recruitmentsFrom(db).orderBy('recruitments.id', 'desc').limit(limit)
  if (filters.kind) query.where('recruitments.kind', filters.kind)
  if (filters.state) query.where('recruitments.state', filters.state)
  withinUnits(query, 'recruitments.unit_id', filters.units)
  return (await query).map(recruitmentOf)
}

export async function recruitmentById(id: number, client: Client = db): Promise<RecruitmentRow> {
  const row = await recruitmentsFrom(client).where('recruitments.id', id).first()
  if (!row) throw new NotFoundError('recruitment')
  return recruitmentOf(row)
}

/** What the public may see: plans whose notice is out. */
export async function publishedRecruitments(): Promise<RecruitmentRow[]> {
  const rows = await recruitmentsFrom(db)
    .whereIn('recruitments.state', PUBLISHED)
    .whereNot('recruitments.kind', 'growth')
    .orderBy('recruitments.apply_to', 'desc')
    .orderBy('recruitments.id', 'desc')
    .limit(50)
  return rows.map(recruitmentOf)
}

export const PUBLISHED: RecruitmentState[] = [
  'open',
  'review',
  'tests',
  'checks',
  'publicity',
  'hiring',
  'closed',
]

export async function publishedById(id: number): Promise<RecruitmentRow> {
  const found = await recruitmentById(id)
  if (!PUBLISHED.includes(found.state) || found.kind === 'growth') {
    throw new NotFoundError('recruitment')
  }
  return found
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

function recruitmentsFrom(client: Client) {
  return client
    .from('recruitments')
    .join('units', 'units.id', 'recruitments.unit_id')
    .join('documents', 'documents.id', 'recruitments.document_id')
    .leftJoin('documents as approvals', 'approvals.id', 'recruitments.approval_document_id')
    .leftJoin('users as authors', 'authors.id', 'recruitments.prepared_by')
    .leftJoin('users as approvers', 'approvers.id', 'recruitments.approved_by')
    .select('recruitments.*', 'units.name as unit_name', 'documents.document_no')
    .select('approvals.document_no as approval_no', 'authors.name as author')
    .select('approvers.name as approver')
    .select(
      client
        .from('recruitment_posts')
        .whereColumn('recruitment_posts.recruitment_id', 'recruitments.id')
        .sum('places')
        .as('places')
    )
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

function recruitmentOf(row: any): RecruitmentRow {
  return {
    id: Number(row.id),
    number: row.number,
    title: row.title,
    kind: row.kind,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    approvalDocumentNo: row.approval_no,
    fundingType: row.funding_type,
    state: row.state,
    applyFrom: row.apply_from,
    applyTo: row.apply_to,
    testsOn: row.tests_on,
    testsPlace: row.tests_place,
    writtenWeight: Number(row.written_weight),
    openRatio: Number(row.open_ratio),
    interviewRatio: Number(row.interview_ratio),
    passScore: Number(row.pass_score),
    dropExtremes: Boolean(row.drop_extremes),
    tieKeys: row.tie_keys === '' ? [] : row.tie_keys.split(','),
    publicityDays: Number(row.publicity_days),
    seatsPerRoom: Number(row.seats_per_room),
    minYears: Number(row.min_years),
    writtenClosedAt: row.written_closed_at,
    interviewClosedAt: row.interview_closed_at,
    announcedOn: row.announced_on,
    publicityFrom: row.publicity_from,
    publicityTo: row.publicity_to,
    comment: row.comment,
    preparedBy: idOrNull(row.prepared_by),
    preparedByName: row.author,
    approvedByName: row.approver,
    version: Number(row.version),
    places: toInt(row.places),
  }
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
