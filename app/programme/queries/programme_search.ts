import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import type { SearchHit } from '#shared/ports/search'

/** Milestones and work items by number or name, only those of units that the actor reaches. */
export async function searchItems(actor: Actor, text: string, limit: number): Promise<SearchHit[]> {
  if (!actor.may('programme.view')) return []
  const like = `%${text.replace(/[\\%_]/g, '')}%`
  const query = db
    .from('work_items')
    .where('work_items.state', 'active')
    .where((any) => any.where('work_items.name', 'like', like).orWhere('work_items.number', text))
  const units = actor.unitsFor('programme.view')
  if (units !== 'all') {
    const reach = units.length ? units : [-1]
    const supported = db.from('work_item_units').whereIn('unit_id', reach).select('item_id')
    query.where((own) =>
      own.whereIn('work_items.lead_unit_id', reach).orWhereIn('work_items.id', supported)
    )
  }
  const rows = await query
    .join('units', 'units.id', 'work_items.lead_unit_id')
    .orderBy('work_items.id')
    .limit(limit)
    .select('work_items.id', 'work_items.number', 'work_items.name', 'units.name as unit')
  return rows.map((row) => ({
    kind: 'work_item',
    title: `${row.number} ${row.name}`,
    detail: row.unit,
    url: `/programme/items/${row.id}`,
  }))
}
