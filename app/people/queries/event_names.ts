import db from '@adonisjs/lucid/services/db'
import type { EventDetails } from '../domain/event_details.js'

/** Names of what an event's details point at; null where they point at nothing. */
export async function namesInEvent(details: EventDetails) {
  const nameOf = async (table: string, id: number | null | undefined): Promise<string | null> => {
    if (!id) return null
    const row = await db.from(table).where('id', id).select('name').first()
    return row?.name ?? null
  }
  return {
    department: await nameOf('departments', details.departmentId),
    post: await nameOf('posts', details.postId),
    toUnit: await nameOf('units', details.toUnitId),
  }
}
