import db from '@adonisjs/lucid/services/db'
import { inChunks } from '#shared/database'

/** Names of the supporting units by task. */
export async function supportersOf(taskIds: number[]): Promise<Map<number, string[]>> {
  const rows = await inChunks(taskIds, 400, (piece) =>
    db
      .from('task_parts')
      .join('units', 'units.id', 'task_parts.unit_id')
      .where('task_parts.role', 'support')
      .whereNot('task_parts.state', 'ended')
      .whereIn('task_parts.task_id', piece)
      .orderBy('task_parts.id')
      .select('task_parts.task_id', 'units.name')
  )
  const names = new Map<number, string[]>()
  for (const row of rows) {
    const id = Number(row.task_id)
    names.set(id, [...(names.get(id) ?? []), row.name])
  }
  return names
}
