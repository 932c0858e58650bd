import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { FundingType } from '#organization/domain/codes'
import { idOrNull, toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { withinUnits } from '#shared/lists/reach'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { RecruitmentKind, TieKey } from '../domain/rules.js'
import type { RecruitmentState } from '../domain/states.js'

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

export interface RecruitmentFilters {
  kind?: string | null
  state?: string | null
  states?: readonly RecruitmentState[]
  units: 'all' | number[]
}

/** A page, newest first. */
export async function recruitmentPage(
  filters: RecruitmentFilters,
  cursor: string | null
): Promise<KeysetPage<RecruitmentRow>> {
  const page = await keysetPage<any>(matching(filters), {
    column: 'recruitments.id',
    idColumn: 'recruitments.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(recruitmentOf) }
}

/** All of the filter, newest first. */
export async function recruitmentList(filters: RecruitmentFilters): Promise<RecruitmentRow[]> {
  const rows = await matching(filters).orderBy('recruitments.id', 'desc')
  return rows.map(recruitmentOf)
}

function matching(filters: RecruitmentFilters) {
  const query = recruitmentsFrom(db)
  if (filters.kind) query.where('recruitments.kind', filters.kind)
  if (filters.state) query.where('recruitments.state', filters.state)
  if (filters.states) query.whereIn('recruitments.state', [...filters.states])
  withinUnits(query, 'recruitments.unit_id', filters.units)
  return query
}

export async function recruitmentById(id: number, client: Client = db): Promise<RecruitmentRow> {
  const row = await recruitmentsFrom(client).where('recruitments.id', id).first()
  if (!row) throw new NotFoundError('recruitment')
  return recruitmentOf(row)
}

/** A page of what the public may see: plans whose notice is out, the latest deadline first. */
export async function publishedPage(cursor: string | null): Promise<KeysetPage<RecruitmentRow>> {
  const published = matching({ states: PUBLISHED, units: 'all' })
  const page = await keysetPage<any>(published.whereNot('recruitments.kind', 'growth'), {
    column: 'recruitments.apply_to',
    idColumn: 'recruitments.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(recruitmentOf) }
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
