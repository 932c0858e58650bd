import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import type { Stage } from '../domain/sheets.js'
import { applicationList, type ApplicationRow } from './applications.js'
import type { RecruitmentRow } from './recruitments.js'

export interface ExaminerRow {
  id: number
  recruitmentId: number
  name: string
  organization: string | null
  personId: number | null
}

export async function examinersOf(
  recruitmentId: number,
  client: Client = db
): Promise<ExaminerRow[]> {
  const rows = await client
    .from('recruitment_examiners')
    .where('recruitment_id', recruitmentId)
    .orderBy('id')
  return rows.map((row) => ({
    id: Number(row.id),
    recruitmentId: Number(row.recruitment_id),
    name: row.name,
    organization: row.organization,
    personId: row.person_id === null ? null : Number(row.person_id),
  }))
}

export interface RecusalRow {
  applicationId: number
  applicant: string
  examinerId: number
  examinerName: string
  reason: string
}

export async function recusalsOf(
  recruitmentId: number,
  client: Client = db
): Promise<RecusalRow[]> {
  const rows = await client
    .from('recruitment_recusals as r')
    .join('recruitment_examiners as e', 'e.id', 'r.examiner_id')
    .join('recruitment_applications as a', 'a.id', 'r.application_id')
    .where('e.recruitment_id', recruitmentId)
    .orderBy('r.id')
    .select('r.*', 'e.name', 'a.name as applicant')
  return rows.map((row) => ({
    applicationId: Number(row.application_id),
    applicant: row.applicant,
    examinerId: Number(row.examiner_id),
    examinerName: row.name,
    reason: row.reason,
  }))
}

export interface EntryRow {
  id: number
  stage: Stage
  examinerId: number
  entry: number
  userId: number
  userName: string
  source: string
  scores: Map<number, number | null>
}

/** Every sheet of a stage as it was entered, with its scores by application. */
export async function entriesOf(
  recruitmentId: number,
  stage: Stage,
  client: Client = db
): Promise<EntryRow[]> {
  const rows = await client
    .from('recruitment_entries as e')
    .leftJoin('users', 'users.id', 'e.user_id')
    .where({ 'e.recruitment_id': recruitmentId, 'e.stage': stage })
    .orderBy('e.examiner_id')
    .orderBy('e.entry')
    .select('e.*', 'users.name as user_name')
  const scores = await client
    .from('recruitment_scores as s')
    .join('recruitment_entries as e', 'e.id', 's.entry_id')
    .where({ 'e.recruitment_id': recruitmentId, 'e.stage': stage })
    .select('s.entry_id', 's.application_id', 's.score')
  const byEntry = new Map<number, Map<number, number | null>>()
  for (const row of scores) {
    const entry = byEntry.get(Number(row.entry_id)) ?? new Map()
    entry.set(Number(row.application_id), row.score === null ? null : Number(row.score))
    byEntry.set(Number(row.entry_id), entry)
  }
  return rows.map((row) => ({
    id: Number(row.id),
    stage: row.stage,
    examinerId: Number(row.examiner_id),
    entry: Number(row.entry),
    userId: Number(row.user_id),
    userName: row.user_name ?? '',
    source: row.source,
    scores: byEntry.get(Number(row.id)) ?? new Map(),
  }))
}

/** Who takes part in a stage: the qualified; at the interview those on its short list. */
export async function takersOf(
  recruitment: RecruitmentRow,
  stage: Stage,
  client: Client = db
): Promise<ApplicationRow[]> {
  const people = await applicationList({ recruitmentId: recruitment.id }, client)
  return people.filter(
    ({ ticketNo, shortlisted }) => ticketNo !== null && (stage === 'written' || shortlisted)
  )
}

export interface ScoreChangeRow {
  id: number
  applicationId: number
  recruitmentId: number
  unitId: number
  name: string
  stage: Stage
  before: number | null
  after: number | null
  reason: string
  documentNo: string
  state: string
  preparedBy: number | null
  preparedByName: string | null
  version: number
}

export async function scoreChangesOf(
  recruitmentId: number,
  client: Client = db
): Promise<ScoreChangeRow[]> {
  const rows = await changesFrom(client).where('a.recruitment_id', recruitmentId).orderBy('c.id')
  return rows.map(changeOf)
}

export async function scoreChangeById(id: number, client: Client = db): Promise<ScoreChangeRow> {
  const row = await changesFrom(client).where('c.id', id).first()
  if (!row) throw new NotFoundError('score change')
  return changeOf(row)
}

function changesFrom(client: Client) {
  return client
    .from('recruitment_score_changes as c')
    .join('recruitment_applications as a', 'a.id', 'c.application_id')
    .join('recruitments as r', 'r.id', 'a.recruitment_id')
    .join('documents as d', 'd.id', 'c.document_id')
    .leftJoin('users as u', 'u.id', 'c.prepared_by')
    .select('c.*', 'a.recruitment_id', 'a.name', 'r.unit_id', 'd.document_no', 'u.name as author')
}

function changeOf(row: any): ScoreChangeRow {
  return {
    id: Number(row.id),
    applicationId: Number(row.application_id),
    recruitmentId: Number(row.recruitment_id),
    unitId: Number(row.unit_id),
    name: row.name,
    stage: row.stage,
    before: row.before_score === null ? null : Number(row.before_score),
    after: row.after_score === null ? null : Number(row.after_score),
    reason: row.reason,
    documentNo: row.document_no,
    state: row.state,
    preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
    preparedByName: row.author,
    version: Number(row.version),
  }
}
