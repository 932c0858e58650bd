import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'

/** The units and what came of them by changes that took effect; a planned change widens nothing. */
export async function withSuccessors(unitIds: number[], client: Client = db): Promise<number[]> {
  const found = new Set(unitIds)
  let frontier = unitIds
  while (frontier.length) {
    const rows = await client
      .from('unit_change_links')
      .join('unit_changes', 'unit_changes.id', 'unit_change_links.change_id')
      .where('unit_changes.state', 'executed')
      .whereIn('predecessor_id', frontier)
      .whereNotNull('successor_id')
      .select('successor_id')
    frontier = rows.map((row) => Number(row.successor_id)).filter((id) => !found.has(id))
    frontier.forEach((id) => found.add(id))
  }
  return [...found]
}
