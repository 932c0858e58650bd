import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import type { ImportContext } from '#shared/ports/imports'
import { effectsOf } from '#imports/actions/effects'
import { reverseMovements } from './reverse_movements.js'
import { undoPosts } from './undo_posts.js'

/**
 * Takes the opening back by opposite movements (seats in use stop it), then targets, what posts
 * were given, and units that came with it.
 */
export async function undoQuotas(trx: Trx, actor: Actor, context: ImportContext) {
  await reverseMovements(trx, actor, { subjectType: 'import', subjectId: context.importId })
  for (const { subjectId } of await effectsOf(trx, context.importId, 'quota_target')) {
    await trx.from('quota_targets').where('id', subjectId).delete()
    await trx
      .from('quota_targets')
      .where('superseded_by', subjectId)
      .update({ superseded_by: null })
  }
  await undoPosts(trx, actor, context)
}
