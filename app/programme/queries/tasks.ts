import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { taskById } from '#governance/queries/tasks'
import type { Actor } from '#shared/actor'
import { civilDate } from '#shared/clock'

/** States in which governance holds a task for completed. */
const COMPLETED = ['done', 'read', 'archived']

export async function taskByNumber(
  number: string,
  client: Client = db
): Promise<{ id: number; number: string } | null> {
  const row = await client.from('tasks').where('number', number.trim()).first()
  return row ? { id: Number(row.id), number: row.number } : null
}

export interface LinkedTask {
  id: number
  number: string
  title: string
  state: string
}

/** Tasks that deliver an item, as far as the reader may see them. */
export async function tasksOfItem(itemId: number, actor: Actor): Promise<LinkedTask[]> {
  const links = await db.from('work_item_tasks').where('item_id', itemId).orderBy('id')
  const tasks = await Promise.all(links.map((link) => taskById(Number(link.task_id))))
  return tasks
    .filter(({ leadUnitId: unitId }) => {
      return actor.may('governance.view', { unitId }) || actor.may('governance.report', { unitId })
    })
    .map(({ id, number, title, state }) => ({ id, number, title, state }))
}

export interface CompletedTasks {
  itemId: number
  numbers: string[]
  /** Civil date on which the last of them was completed. */
  completedOn: string
}

/** Unfinished items all of whose tasks are completed. */
export async function itemsWithTasksCompleted(): Promise<CompletedTasks[]> {
  const rows = await db
    .from('work_item_tasks')
    .join('work_items', 'work_items.id', 'work_item_tasks.item_id')
    .join('tasks', 'tasks.id', 'work_item_tasks.task_id')
    .where('work_items.state', 'active')
    .whereNull('work_items.finished_on')
    .orderBy('work_item_tasks.id')
    .select('work_item_tasks.item_id', 'tasks.number', 'tasks.state', 'tasks.done_at')
  const items = new Map<number, typeof rows>()
  for (const row of rows) {
    const itemId = Number(row.item_id)
    items.set(itemId, [...(items.get(itemId) ?? []), row])
  }
  return [...items]
    .filter(([, tasks]) => tasks.every(({ state, done_at: at }) => COMPLETED.includes(state) && at))
    .map(([itemId, tasks]) => ({
      itemId,
      numbers: tasks.map(({ number }) => number),
      completedOn: tasks
        .map((task) => civilDate(task.done_at))
        .sort()
        .at(-1)!,
    }))
}
