import type { SubjectSource } from '#decisions/subjects'
import db from '@adonisjs/lucid/services/db'

/** Cards as decisions name them: the person and the cycle. */
export const cardSubjects: SubjectSource = {
  capability: 'performance.view',
  async names(ids, client = db) {
    const rows = await client
      .from('scorecards')
      .join('persons', 'persons.id', 'scorecards.person_id')
      .join('review_cycles', 'review_cycles.id', 'scorecards.cycle_id')
      .whereIn('scorecards.id', ids)
      .select('scorecards.id', 'persons.name', 'review_cycles.title')
    return new Map(
      rows.map((row) => [
        Number(row.id),
        { name: `${row.name}（${row.title}）`, url: `/performance/cards/${row.id}` },
      ])
    )
  },
}
