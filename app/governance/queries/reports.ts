import db from '@adonisjs/lucid/services/db'
import { attachmentsOf, type Attachment } from '#shared/attachments'
import { NotFoundError } from '#shared/errors'

/** Files of reports lie under this kind of record. */
export const EVIDENCE = 'task_report'

export interface ReportRow {
  id: number
  partId: number
  kind: 'progress' | 'completion' | 'comment'
  content: string
  dueOn: string | null
  reportedByName: string | null
  reportedAt: string
  files: Attachment[]
}

/** Reports and comments of these parts with their evidence, newest first. */
export async function reportsOf(partIds: readonly number[]): Promise<ReportRow[]> {
  const rows = await db
    .from('task_reports')
    .leftJoin('users', 'users.id', 'task_reports.reported_by')
    .whereIn('task_reports.part_id', partIds.length ? [...partIds] : [-1])
    .orderBy('task_reports.id', 'desc')
    .select('task_reports.*', 'users.name as reporter_name')
  const files = await attachmentsOf(
    EVIDENCE,
    rows.map(({ id }) => Number(id))
  )
  return rows.map((row) => ({
    id: Number(row.id),
    partId: Number(row.part_id),
    kind: row.kind,
    content: row.content,
    dueOn: row.due_on,
    reportedByName: row.reporter_name,
    reportedAt: row.reported_at,
    files: files.filter(({ subjectId }) => subjectId === Number(row.id)),
  }))
}

/** The part that a report speaks about, or 404. */
export async function partOfReport(reportId: number): Promise<number> {
  const row = await db.from('task_reports').where('id', reportId).select('part_id').first()
  if (!row) throw new NotFoundError('report')
  return Number(row.part_id)
}
