import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { Actor } from '#shared/actor'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { AssessmentKind, AssessmentState } from '../domain/moves.js'

export interface AssessmentRow {
  id: number
  sheetId: number
  sheetTitle: string
  kind: AssessmentKind
  year: number
  quarter: number
  revision: number
  reason: string | null
  summary: string | null
  state: AssessmentState
  comment: string | null
  readOn: string | null
  preparedBy: number | null
  preparedByName: string | null
  confirmedByName: string | null
  publishedAt: string | null
  yellowPoints: number
  redPoints: number
  version: number
}

export interface AssessmentFilters {
  kind?: AssessmentKind | null
  state?: AssessmentState | null
  year?: number | null
  /** Null: every unit's. Else only published ones in which one of these units is assessed. */
  units: number[] | null
}

/**
 * Units whose results an actor may see: all for those who see every unit (null), who also see what
 * is not published; else the own ones, once it is published.
 */
export function seenBy(actor: Actor): number[] | null {
  const units = actor.unitsFor('assessment.view')
  return units === 'all' ? null : units
}

/** Newest first. */
export async function assessmentPage(
  filters: AssessmentFilters & { cursor: string | null }
): Promise<KeysetPage<AssessmentRow>> {
  const page = await keysetPage<any>(matching(filters), {
    column: 'assessments.id',
    idColumn: 'assessments.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(assessmentOf) }
}

/** All of the filter, newest first. */
export async function assessmentList(filters: AssessmentFilters) {
  const rows = await matching(filters).orderBy('assessments.id', 'desc')
  return rows.map(assessmentOf)
}

export async function assessmentById(id: number, client: Client = db): Promise<AssessmentRow> {
  const row = await assessmentsFrom(client).where('assessments.id', id).first()
  if (!row) throw new NotFoundError('assessment')
  return assessmentOf(row)
}

/** Who entered a value of it: none of them confirms it. */
export async function authorsOf(id: number, client: Client = db): Promise<number[]> {
  const rows = await client
    .from('assessment_scores')
    .join('assessment_units', 'assessment_units.id', 'assessment_scores.assessment_unit_id')
    .where('assessment_units.assessment_id', id)
    .whereNotNull('assessment_scores.entered_by')
    .distinct('assessment_scores.entered_by as user_id')
  return rows.map((row) => Number(row.user_id))
}

/** Years that have an assessment, newest first. */
export async function assessmentYears(): Promise<number[]> {
  const rows = await db.from('assessments').distinct('year').orderBy('year', 'desc')
  return rows.map(({ year }) => Number(year))
}

function matching({ kind, state, year, units }: AssessmentFilters) {
  const query = assessmentsFrom(db)
  const equal = {
    'assessments.kind': kind,
    'assessments.state': units ? 'published' : state,
    'assessments.year': year,
  }
  for (const [column, value] of Object.entries(equal)) if (value) query.where(column, value)
  if (units) {
    query.whereExists((own) =>
      own
        .from('assessment_units')
        .whereColumn('assessment_units.assessment_id', 'assessments.id')
        .whereIn('assessment_units.unit_id', units.length ? units : [-1])
    )
  }
  return query
}

function assessmentsFrom(client: Client) {
  return client
    .from('assessments')
    .join('assessment_sheets', 'assessment_sheets.id', 'assessments.sheet_id')
    .leftJoin('users as authors', 'authors.id', 'assessments.prepared_by')
    .leftJoin('users as confirmers', 'confirmers.id', 'assessments.confirmed_by')
    .select('assessments.*', 'assessment_sheets.title as sheet_title')
    .select('assessment_sheets.yellow_points', 'assessment_sheets.red_points')
    .select('authors.name as author', 'confirmers.name as confirmer')
}

function assessmentOf(row: any): AssessmentRow {
  return {
    id: Number(row.id),
    sheetId: Number(row.sheet_id),
    sheetTitle: row.sheet_title,
    kind: row.kind,
    year: Number(row.year),
    quarter: Number(row.quarter),
    revision: Number(row.revision),
    reason: row.reason,
    summary: row.summary,
    state: row.state,
    comment: row.comment,
    readOn: row.read_on,
    preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
    preparedByName: row.author,
    confirmedByName: row.confirmer,
    publishedAt: row.published_at,
    yellowPoints: Number(row.yellow_points),
    redPoints: Number(row.red_points),
    version: Number(row.version),
  }
}
