import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import type { SearchHit } from '#shared/ports/search'
import { roundReach, withinReach } from '../reach.js'

/** Rounds for the search box, by name or number; nothing about people or choices. */
export async function searchSelection(
  actor: Actor,
  text: string,
  limit: number
): Promise<SearchHit[]> {
  if (!actor.may('selection.view')) return []
  const query = whereNamed(db.from('selection_rounds'), text)
  withinReach(query, 'selection_rounds', roundReach(actor, 'selection.view'))
  const rows = await query.orderBy('id', 'desc').limit(limit).select('id', 'name', 'number')
  return rows.map((row) => ({
    kind: 'selection_round',
    title: row.name,
    detail: row.number,
    url: `/selection/rounds/${row.id}`,
  }))
}

/** Number or name holds the text. */
export function whereNamed(query: ReturnType<typeof db.from>, text: string) {
  const like = `%${text.replace(/[\\%_]/g, '')}%`
  return query.where((any) => any.where('name', 'like', like).orWhere('number', 'like', like))
}
