import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { areLevels, coefficientOf, type Levels } from '../domain/evaluation.js'
import { postKey } from '../queries/post_values.js'

/**
 * Evaluates a post by points (要素计点法): the levels stay on record with the coefficient that they
 * give. It holds from a day on and comes before the coefficient of the sheet.
 */
export async function evaluatePost(
  input: { postId: number; levels: Partial<Levels>; validFrom: string; documentId: number },
  actor: Actor,
  trx?: Trx
): Promise<string> {
  const { levels } = input
  if (!areLevels(levels)) throw new DomainError('performance.errors.levels')
  const coefficient = coefficientOf(levels)
  await inTransaction(async (client) => {
    await putPostValue(client, actor, {
      subject_key: postKey(input.postId),
      post_id: input.postId,
      coefficient,
      basis: 'evaluation',
      factors: JSON.stringify(levels),
      valid_from: input.validFrom,
      document_id: input.documentId,
    })
    await record(client, actor, {
      action: 'performance.post.evaluated',
      subjectType: 'post',
      subjectId: input.postId,
      changes: { coefficient, valid_from: input.validFrom, document_id: input.documentId },
    })
  }, trx)
  return coefficient
}

/** One live value a subject and day; the one before stays on record. Returns the row's id. */
export async function putPostValue(trx: Trx, actor: Actor, values: Row): Promise<number> {
  const { subject_key: key, valid_from: validFrom } = values
  const old = await trx
    .from('post_values')
    .where({ subject_key: key, valid_from: validFrom, live: 1 })
    .forUpdate()
    .first()
  if (old) await trx.from('post_values').where('id', old.id).update({ superseded_by: old.id })
  const id = await insertRow(trx, 'post_values', {
    ...values,
    actor_id: actor.userId,
    recorded_at: clock.now(),
  })
  if (old) await trx.from('post_values').where('id', old.id).update({ superseded_by: id })
  return id
}
