import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Client as PlainClient } from '#decisions/queries/client'
import type { Row } from '#shared/database'
import type {
  EmploymentType,
  FundingType,
  PostCategory,
  PostNature,
} from '#organization/domain/codes'
import type { Grade } from '#organization/domain/grades'
import type { Sex } from '../domain/codes.js'

/** A connection, a transaction, or the database service itself. */
export type Client = QueryClientContract | PlainClient

/** An assignment with the names that a page or a paper shows; dates are civil, months `YYYY-MM`. */
export interface AssignmentRow {
  id: number
  personId: number
  personName: string
  namePinyin: string
  sex: Sex | null
  birthOn: string | null
  identityMasked: string | null
  workStartedOn: string | null
  retirementKind: string | null
  kind: 'main' | 'secondary'
  unitId: number
  unitName: string
  departmentId: number | null
  departmentName: string | null
  postId: number | null
  postName: string | null
  postNature: PostNature | null
  employmentType: EmploymentType
  fundingType: FundingType | null
  quotaCategory: PostCategory | null
  overQuota: boolean
  grade: Grade | null
  leaderPost: boolean
  validFrom: string
  validTo: string | null
  paidFrom: string | null
  paidThrough: string | null
  source: string
  sourceType: string | null
  sourceId: number | null
  documentId: number | null
  documentNo: string | null
  recordedAt: string
  supersedes: number | null
  supersededBy: number | null
  supersededAt: string | null
}

/** Assignments with their person, unit, department, post and document; `a` is the assignment. */
export function assignmentQuery(client: Client = db.connection()) {
  return client
    .from('assignments as a')
    .join('persons as p', 'p.id', 'a.person_id')
    .join('units as u', 'u.id', 'a.unit_id')
    .leftJoin('departments as d', 'd.id', 'a.department_id')
    .leftJoin('posts as o', 'o.id', 'a.post_id')
    .leftJoin('documents as doc', 'doc.id', 'a.document_id')
    .select(
      'a.*',
      'p.name as person_name',
      'p.name_pinyin',
      'p.sex',
      'p.birth_on',
      'p.identity_masked',
      'p.work_started_on',
      'p.retirement_kind',
      'u.name as unit_name',
      'd.name as department_name',
      'o.name as post_name',
      'o.nature as post_nature',
      'doc.document_no'
    )
}

export function toAssignment(row: Row): AssignmentRow {
  return {
    id: Number(row.id),
    personId: Number(row.person_id),
    personName: row.person_name,
    namePinyin: row.name_pinyin,
    sex: row.sex,
    birthOn: row.birth_on,
    identityMasked: row.identity_masked,
    workStartedOn: row.work_started_on,
    retirementKind: row.retirement_kind,
    kind: row.kind,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    departmentId: idOrNull(row.department_id),
    departmentName: row.department_name,
    postId: idOrNull(row.post_id),
    postName: row.post_name,
    postNature: row.post_nature,
    employmentType: row.employment_type,
    fundingType: row.funding_type,
    quotaCategory: row.quota_category,
    overQuota: Boolean(row.over_quota),
    grade: row.grade,
    leaderPost: Boolean(row.leader_post),
    validFrom: row.valid_from,
    validTo: row.valid_to,
    paidFrom: row.paid_from,
    paidThrough: row.paid_through,
    source: row.source,
    sourceType: row.source_type,
    sourceId: idOrNull(row.source_id),
    documentId: idOrNull(row.document_id),
    documentNo: row.document_no,
    recordedAt: row.recorded_at,
    supersedes: idOrNull(row.supersedes),
    supersededBy: idOrNull(row.superseded_by),
    supersededAt: row.superseded_at,
  }
}

export function idOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
