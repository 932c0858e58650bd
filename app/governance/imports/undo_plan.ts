import { isStillReferenced } from '#shared/database'
import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext } from '#shared/ports/imports'
import { effectsOf } from '#imports/actions/effects'
import { undoUnits } from '#organization/imports/undo_units'

/** Takes seats, tasks and bodies back; what was reported, ordered or met about since stops it. */
export async function undoPlan(trx: Trx, actor: Actor, context: ImportContext) {
  const idsOf = async (type: string) =>
    (await effectsOf(trx, context.importId, type)).map(({ subjectId }) => subjectId)
  for (const id of await idsOf('task')) {
    await drop(trx, 'task_parts', { task_id: id })
    await drop(trx, 'tasks', { id })
  }
  for (const id of await idsOf('body_seat')) {
    await trx.from('post_holders').where('seat_id', id).delete()
    await drop(trx, 'body_seats', { id })
  }
  for (const id of await idsOf('body')) await drop(trx, 'bodies', { id })
  await undoUnits(trx, actor, context)
}

async function drop(trx: Trx, table: string, key: Record<string, number>) {
  try {
    await trx.from(table).where(key).delete()
  } catch (error) {
    throw isStillReferenced(error) ? new DomainError('governance.errors.import_in_use') : error
  }
}
