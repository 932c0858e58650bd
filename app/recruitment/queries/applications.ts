import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { digest, sha256, unseal } from '#shared/crypto'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { ApplicationState } from '../domain/states.js'

export interface ApplicationRow {
  id: number
  number: string
  recruitmentId: number
  recruitmentTitle: string
  recruitmentState: string
  unitId: number
  recruitmentPostId: number
  postName: string
  state: ApplicationState
  name: string
  sex: string
  birthOn: string
  identityDigest: string
  identityMasked: string
  phoneMasked: string
  education: string
  major: string | null
  politicalStatus: string | null
  serviceMonths: number
  personId: number | null
  contentHash: string
  submittedAt: string
  reviewReason: string | null
  reviewedByName: string | null
  ticketNo: string | null
  roomNo: number | null
  seatNo: number | null
  shortlisted: boolean | null
  writtenScore: number | null
  interviewScore: number | null
  totalScore: number | null
  extraScore: number | null
  /** The first entry of the further test, until the second makes it count; and who made it. */
  extraEntered: number | null
  extraEnteredBy: number | null
  rankNo: number | null
  backfill: boolean
  publicised: boolean
  background: string | null
  medical: string | null
  backgroundNote: string | null
  medicalNote: string | null
  dropReason: string | null
  contractNo: string | null
  /** Last day of the contract; null: none is agreed. */
  contractTo: string | null
  hiredOn: string | null
  version: number
}

export interface ApplicationFilters {
  recruitmentId: number
  postId?: number | null
  state?: string | null
  text?: string | null
}

/** In the order in which they came. */
export async function applicationPage(
  filters: ApplicationFilters & { cursor: string | null }
): Promise<KeysetPage<ApplicationRow>> {
  const page = await keysetPage<any>(matching(filters), {
    column: 'recruitment_applications.id',
    idColumn: 'recruitment_applications.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(applicationOf) }
}

/** All of them: post by post, the ranked ones by rank, then as they came. */
export async function applicationList(
  filters: ApplicationFilters,
  client: Client = db
): Promise<ApplicationRow[]> {
  const rows = await matching(filters, client)
    .orderBy('recruitment_applications.recruitment_post_id')
    .orderByRaw('case when recruitment_applications.rank_no is null then 1 else 0 end')
    .orderBy('recruitment_applications.rank_no')
    .orderBy('recruitment_applications.id')
  return rows.map(applicationOf)
}

export async function applicationById(id: number, client: Client = db): Promise<ApplicationRow> {
  const row = await applicationsFrom(client).where('recruitment_applications.id', id).first()
  if (!row) throw new NotFoundError('application')
  return applicationOf(row)
}

/** What the applicant wrote, for those who may review it. */
export interface Particulars {
  school: string
  experience: string
  relatives: string
  history: string[]
}

export async function particularsOf(id: number, client: Client = db): Promise<Particulars> {
  const row = await client
    .from('recruitment_applications')
    .where('id', id)
    .select('particulars_sealed')
    .firstOrFail()
  return JSON.parse(unseal(row.particulars_sealed, 'application'))
}

/** By the secret of the receipt. */
export async function applicationByReceipt(secret: string): Promise<ApplicationRow | null> {
  const row = await applicationsFrom(db)
    .where('recruitment_applications.receipt_digest', sha256(secret))
    .first()
  return row ? applicationOf(row) : null
}

/** By the number on the receipt together with the identity number. */
export async function applicationByNumber(number: string, identityNo: string) {
  const row = await applicationsFrom(db)
    .where('recruitment_applications.number', number.trim().toUpperCase())
    .where('recruitment_applications.identity_digest', digest(identityNo, 'identity'))
    .first()
  return row ? applicationOf(row) : null
}

export interface AttachmentRow {
  id: number
  name: string
  mime: string
  size: number
  storageKey: string
}

export async function attachmentsOf(applicationId: number): Promise<AttachmentRow[]> {
  const rows = await db
    .from('files')
    .where({ subject_type: 'recruitment_application', subject_id: applicationId })
    .orderBy('id')
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    mime: row.mime,
    size: Number(row.size),
    storageKey: row.storage_key,
  }))
}

function matching(filters: ApplicationFilters, client: Client = db) {
  const query = applicationsFrom(client).where(
    'recruitment_applications.recruitment_id',
    filters.recruitmentId
  )
  if (filters.postId) query.where('recruitment_applications.recruitment_post_id', filters.postId)
  if (filters.state) query.where('recruitment_applications.state', filters.state)
  if (filters.text) {
    const like = `%${filters.text.replace(/[\\%_]/g, '')}%`
    query.where((where) =>
      where
        .where('recruitment_applications.name', 'like', like)
        .orWhere('recruitment_applications.number', 'like', like)
        .orWhere('recruitment_applications.ticket_no', 'like', like)
    )
  }
  return query
}

function applicationsFrom(client: Client) {
  return client
    .from('recruitment_applications')
    .join('recruitments', 'recruitments.id', 'recruitment_applications.recruitment_id')
    .join(
      'recruitment_posts',
      'recruitment_posts.id',
      'recruitment_applications.recruitment_post_id'
    )
    .join('posts', 'posts.id', 'recruitment_posts.post_id')
    .leftJoin('users as reviewers', 'reviewers.id', 'recruitment_applications.reviewed_by')
    .select('recruitment_applications.*', 'recruitments.title', 'recruitments.unit_id')
    .select('recruitments.state as recruitment_state', 'posts.name as post_name')
    .select('reviewers.name as reviewer')
}

const numberOrNull = (value: unknown) => (value === null ? null : Number(value))

function applicationOf(row: any): ApplicationRow {
  return {
    id: Number(row.id),
    number: row.number,
    recruitmentId: Number(row.recruitment_id),
    recruitmentTitle: row.title,
    recruitmentState: row.recruitment_state,
    unitId: Number(row.unit_id),
    recruitmentPostId: Number(row.recruitment_post_id),
    postName: row.post_name,
    state: row.state,
    name: row.name,
    sex: row.sex,
    birthOn: row.birth_on,
    identityDigest: row.identity_digest,
    identityMasked: row.identity_masked,
    phoneMasked: row.phone_masked,
    education: row.education,
    major: row.major,
    politicalStatus: row.political_status,
    serviceMonths: Number(row.service_months),
    personId: numberOrNull(row.person_id),
    contentHash: row.content_hash,
    submittedAt: row.submitted_at,
    reviewReason: row.review_reason,
    reviewedByName: row.reviewer,
    ticketNo: row.ticket_no,
    roomNo: numberOrNull(row.room_no),
    seatNo: numberOrNull(row.seat_no),
    shortlisted: row.shortlisted === null ? null : Boolean(row.shortlisted),
    writtenScore: numberOrNull(row.written_score),
    interviewScore: numberOrNull(row.interview_score),
    totalScore: numberOrNull(row.total_score),
    extraScore: numberOrNull(row.extra_score),
    extraEntered: numberOrNull(row.extra_entered),
    extraEnteredBy: numberOrNull(row.extra_entered_by),
    rankNo: numberOrNull(row.rank_no),
    backfill: Boolean(row.backfill),
    publicised: Boolean(row.publicised),
    background: row.background,
    medical: row.medical,
    backgroundNote: row.background_note,
    medicalNote: row.medical_note,
    dropReason: row.drop_reason,
    contractNo: row.contract_no,
    contractTo: row.contract_to,
    hiredOn: row.hired_on,
    version: Number(row.version),
  }
}

/** Whether nothing parts the person from another one of the same post, so far. */
export async function sharesRank(one: ApplicationRow, client: Client = db): Promise<boolean> {
  const other = await client
    .from('recruitment_applications')
    .where({ recruitment_post_id: one.recruitmentPostId, rank_no: one.rankNo })
    .whereNot('id', one.id)
    .first()
  return other !== null && other !== undefined
}

/** 拟聘: who passed the checks, hired or not yet. */
export const isProposed = ({ state }: ApplicationRow) => state === 'passed' || state === 'hired'
