import { record } from '#audit/actions/record'
import { taskByNumber } from '../queries/tasks.js'
import type { Actor } from '#shared/actor'
import { affected, insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'
import { thePlan } from '../queries/plan.js'
import { itemIn } from './save_item.js'

/** Says that a task of governance delivers an item: its completion is evidence, never a date. */
export async function linkTask(
  input: { itemId: number; taskNumber: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const item = itemIn(await thePlan(client), input.itemId)
    if (item.finishedOn) throw new DomainError('programme.errors.finished', { item: item.name })
    const task = await taskByNumber(input.taskNumber, client)
    if (!task) refuse('unknown_task', { number: input.taskNumber })
    try {
      await insertRow(client, 'work_item_tasks', { item_id: item.id, task_id: task.id })
    } catch (error) {
      if (isUniqueViolation(error)) refuse('task_linked', { number: task.number })
      throw error
    }
    await write(client, actor, 'linked', item.id, task.number)
  }, trx)
}

export async function unlinkTask(
  input: { itemId: number; taskId: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const gone = await client
      .from('work_item_tasks')
      .where({ item_id: input.itemId, task_id: input.taskId })
      .delete()
    if (!affected(gone)) throw new NotFoundError('task of the item')
    await write(client, actor, 'unlinked', input.itemId, String(input.taskId))
  }, trx)
}

function write(trx: Trx, actor: Actor, done: string, itemId: number, task: string) {
  return record(trx, actor, {
    action: `programme.task.${done}`,
    subjectType: 'work_item',
    subjectId: itemId,
    changes: { task },
  })
}

function refuse(name: string, params: Record<string, string>): never {
  const code = `programme.errors.${name}`
  throw new DomainError(code, params, [{ field: 'task_number', code, params }])
}
