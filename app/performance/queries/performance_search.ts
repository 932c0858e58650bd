import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { withinUnits } from '#shared/lists/reach'
import type { SearchHit } from '#shared/ports/search'

/** Reviews and indicators for the search box, by title, number or code. */
export async function searchPerformance(
  actor: Actor,
  text: string,
  limit: number
): Promise<SearchHit[]> {
  if (!actor.may('performance.view')) return []
  const units = actor.unitsFor('performance.view')
  const like = `%${text.replace(/[\\%_]/g, '')}%`
  const cycles = db
    .from('review_cycles')
    .where((any) => any.where('title', 'like', like).orWhere('number', 'like', like))
    .orderBy('period_from', 'desc')
    .limit(limit)
    .select('id', 'title', 'number')
  withinUnits(cycles, 'unit_id', units)
  const indicators = await db
    .from('indicators')
    .where((any) => any.where('name', 'like', like).orWhere('code', 'like', like))
    .orderBy('code')
    .limit(limit)
    .select('id', 'name', 'code')
  return [
    ...(await cycles).map((row) => ({
      kind: 'review_cycle',
      title: row.title,
      detail: row.number,
      url: `/performance/cycles/${row.id}`,
    })),
    ...indicators.map((row) => ({
      kind: 'indicator',
      title: row.name,
      detail: row.code,
      url: `/performance/indicators/${row.id}`,
    })),
  ].slice(0, limit)
}
