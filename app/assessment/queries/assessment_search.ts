import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import type { SearchHit } from '#shared/ports/search'
import { seenBy } from './assessments.js'

/** Published assessments by the title of their sheet, and by the unit that is assessed. */
export async function searchAssessments(
  actor: Actor,
  text: string,
  limit: number
): Promise<SearchHit[]> {
  if (!actor.may('assessment.view')) return []
  const units = seenBy(actor)
  const like = `%${text.replace(/[\\%_]/g, '')}%`
  const query = db
    .from('assessments')
    .join('assessment_sheets', 'assessment_sheets.id', 'assessments.sheet_id')
    .join('assessment_units', 'assessment_units.assessment_id', 'assessments.id')
    .join('units', 'units.id', 'assessment_units.unit_id')
    .where('assessments.state', 'published')
    .where((any) =>
      any.where('assessment_sheets.title', 'like', like).orWhere('units.name', 'like', like)
    )
  if (units) query.whereIn('units.id', units.length ? units : [-1])
  const rows = await query
    .groupBy('assessments.id', 'assessment_sheets.title', 'assessments.year', 'assessments.quarter')
    .orderBy('assessments.id', 'desc')
    .limit(limit)
    .select('assessments.id', 'assessment_sheets.title', 'assessments.year', 'assessments.quarter')
  return rows.map((row) => ({
    kind: 'assessment',
    title: row.title,
    detail: `${row.year} Q${row.quarter}`,
    url: `/assessment/${row.id}`,
  }))
}
