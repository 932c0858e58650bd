import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { withinUnits } from '#shared/lists/reach'
import type { SearchHit } from '#shared/ports/search'

/** Rounds for the search box, by name or number; nothing about people or choices. */
export async function searchSelection(
  actor: Actor,
  text: string,
  limit: number
): Promise<SearchHit[]> {
  if (!actor.may('selection.view')) return []
  const units = actor.unitsFor('selection.view')
  const like = `%${text.replace(/[\\%_]/g, '')}%`
  const query = db
    .from('selection_rounds')
    .where((any) => any.where('name', 'like', like).orWhere('number', 'like', like))
  withinUnits(query, 'unit_id', units)
  const rows = await query.orderBy('id', 'desc').limit(limit).select('id', 'name', 'number')
  return rows.map((row) => ({
    kind: 'selection_round',
    title: row.name,
    detail: row.number,
    url: `/selection/rounds/${row.id}`,
  }))
}
