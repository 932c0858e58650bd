import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, isStillReferenced, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext } from '#shared/ports/imports'
import { effectsOf } from '#imports/actions/effects'
import { undoUnits } from './undo_units.js'

/** Takes posts and departments back; one that is used or was changed since stops it, by name. */
export async function undoPosts(trx: Trx, actor: Actor, context: ImportContext) {
  for (const [subjectType, table] of [
    ['post', 'posts'],
    ['department', 'departments'],
  ]) {
    for (const effect of await effectsOf(trx, context.importId, subjectType)) {
      const { subjectId: id, before } = effect
      const { name } = await trx.from(table).where({ id }).firstOrFail()
      const done = before ? restore(trx, table, id, before) : drop(trx, table, id)
      if (!(await done)) throw new DomainError('imports.errors.post_in_use', { name })
    }
  }
  await undoUnits(trx, actor, context)
}

async function restore(trx: Trx, table: string, id: number, before: Record<string, any>) {
  const { version, ...values } = before
  const changed = await trx
    .from(table)
    .where({ id, version: Number(version) + 1 })
    .update({ ...values, version: Number(version) + 2, updated_at: clock.now() })
  return affected(changed)
}

async function drop(trx: Trx, table: string, id: number): Promise<boolean> {
  try {
    return affected(await trx.from(table).where({ id }).delete())
  } catch (error) {
    if (isStillReferenced(error)) return false
    throw error
  }
}
