import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import { parseResolutionNo, resolutionNo } from '../domain/meetings.js'

export interface ResolutionRow {
  id: number
  meetingId: number
  meetingTitle: string
  meetingState: string
  bodyId: number
  bodyName: string
  resolutionNo: number
  /** `市融改纪〔2022〕3号第2项`, once the minutes are issued. */
  number: string | null
  content: string
  leadUnitId: number | null
  leadUnitName: string | null
  dueOn: string | null
  decisionId: number | null
  taskId: number | null
  taskNumber: string | null
  documentId: number | null
  heldOn: string
}

/** What a meeting resolved, in order. */
export async function resolutionsOf(
  meetingId: number,
  client: Client = db
): Promise<ResolutionRow[]> {
  const rows = await resolutionsFrom(client)
    .where('resolutions.meeting_id', meetingId)
    .orderBy('resolutions.resolution_no')
  return rows.map(resolutionOf)
}

export async function resolutionById(id: number, client: Client = db): Promise<ResolutionRow> {
  const row = await resolutionsFrom(client).where('resolutions.id', id).first()
  if (!row) throw new NotFoundError('resolution')
  return resolutionOf(row)
}

/**
 * The approved resolution that a number names (`市融改纪〔2022〕3号第2项`); null when there is none.
 * Minutes with a single resolution may be named by their 发文字号 alone. For whoever changes
 * something that only a resolution may change.
 */
export async function findApprovedResolution(
  number: string,
  client: Client = db
): Promise<ResolutionRow | null> {
  const named = parseResolutionNo(number)
  if (!named) return null
  const query = resolutionsFrom(client)
    .where('meetings.state', 'approved')
    .where('meetings.issue_no', named.issueNo)
  if (named.number !== null) query.where('resolutions.resolution_no', named.number)
  const rows = await query.limit(2)
  return rows.length === 1 ? resolutionOf(rows[0]) : null
}

/** Approved resolutions for a picker, newest first, by number, part of a number or words. */
export async function approvedResolutions(
  text: string | null = null,
  limit = 20
): Promise<ResolutionRow[]> {
  const query = resolutionsFrom(db).where('meetings.state', 'approved')
  const named = text ? parseResolutionNo(text) : null
  if (named) {
    query.where('meetings.issue_no', named.issueNo)
    if (named.number !== null) query.where('resolutions.resolution_no', named.number)
  } else if (text) {
    const like = `%${text.replace(/[\\%_]/g, '')}%`
    query.where((any) =>
      any.where('resolutions.content', 'like', like).orWhere('meetings.issue_no', 'like', like)
    )
  }
  return (await query.orderBy('resolutions.id', 'desc').limit(limit)).map(resolutionOf)
}

function resolutionsFrom(client: Client) {
  return client
    .from('resolutions')
    .join('meetings', 'meetings.id', 'resolutions.meeting_id')
    .join('bodies', 'bodies.id', 'meetings.body_id')
    .leftJoin('units', 'units.id', 'resolutions.lead_unit_id')
    .leftJoin('tasks', 'tasks.resolution_id', 'resolutions.id')
    .select('resolutions.*', 'units.name as lead_unit_name')
    .select('meetings.title as meeting_title', 'meetings.state as meeting_state')
    .select('meetings.issue_no', 'meetings.document_id', 'meetings.held_on', 'meetings.body_id')
    .select('bodies.name as body_name', 'tasks.id as task_id', 'tasks.number as task_number')
}

function resolutionOf(row: any): ResolutionRow {
  const idOf = (value: unknown) => (value === null ? null : Number(value))
  const no = Number(row.resolution_no)
  return {
    id: Number(row.id),
    meetingId: Number(row.meeting_id),
    meetingTitle: row.meeting_title,
    meetingState: row.meeting_state,
    bodyId: Number(row.body_id),
    bodyName: row.body_name,
    resolutionNo: no,
    number: row.issue_no ? resolutionNo(row.issue_no, no) : null,
    content: row.content,
    leadUnitId: idOf(row.lead_unit_id),
    leadUnitName: row.lead_unit_name,
    dueOn: row.due_on,
    decisionId: idOf(row.decision_id),
    taskId: idOf(row.task_id),
    taskNumber: row.task_number,
    documentId: idOf(row.document_id),
    heldOn: row.held_on,
  }
}
