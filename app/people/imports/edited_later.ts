import db from '@adonisjs/lucid/services/db'
import { inChunks } from '#shared/database'

/**
 * Of these people (changed on or after a roster's date) those whose present data come from
 * something later than the roster: a correction by hand, or a roster of a later date. Data that an
 * import of the same or an earlier date wrote may be replaced.
 */
export async function editedByHandAfter(personIds: number[], asOf: string): Promise<Set<number>> {
  const imported = await inChunks(personIds, 400, (piece) =>
    db
      .from('import_effects as e')
      .join('imports as i', 'i.id', 'e.import_id')
      .join('persons as p', 'p.id', 'e.subject_id')
      .where({ 'e.subject_type': 'person', 'e.effect': 'updated', 'i.state': 'committed' })
      .where('i.as_of', '<=', asOf)
      .whereIn('e.subject_id', piece)
      .select('e.subject_id', 'e.before', 'p.version')
  )
  const byImport = new Set(
    imported
      .filter((row) => Number(JSON.parse(row.before).version) + 1 === Number(row.version))
      .map((row) => Number(row.subject_id))
  )
  return new Set(personIds.filter((id) => !byImport.has(id)))
}
