import db from '@adonisjs/lucid/services/db'
import { civilDate } from '#shared/clock'

/** Parts of assigned tasks that a unit owed within the days, both ends counted, and those handed in by their day. */
export async function tasksInTime(
  unitId: number,
  { from, to }: { from: string; to: string }
): Promise<{ owed: number; inTime: number }> {
  const parts = await db
    .from('task_parts')
    .join('tasks', 'tasks.id', 'task_parts.task_id')
    .whereNotIn('tasks.state', ['draft', 'ended'])
    .whereNot('task_parts.state', 'ended')
    .where('task_parts.unit_id', unitId)
    .whereBetween('task_parts.due_on', [from, to])
    .select('task_parts.due_on', 'task_parts.submitted_at', 'task_parts.state')
  const kept = parts.filter(
    ({ due_on: dueOn, submitted_at: at, state }) => state !== 'open' && at && civilDate(at) <= dueOn
  )
  return { owed: parts.length, inTime: kept.length }
}
