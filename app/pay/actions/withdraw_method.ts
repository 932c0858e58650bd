import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { methodById } from '../queries/methods.js'
import { refuseAuthor } from './totals.js'

/**
 * Withdraws a distribution method that was put down wrongly: another person than who recorded it,
 * with the reason. It stays on record and counts for no run any more; its day is free for the right one.
 */
export async function withdrawMethod(
  input: { id: number; reason: string; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const { unitId, createdBy, validFrom, documentNo } = await methodById(input.id, client)
    refuseAuthor(createdBy, actor, input.grant)
    const changed = await client.from('pay_methods').where({ id: input.id, live: 1 }).update({
      withdrawn_by: actor.userId,
      withdrawn_at: clock.now(),
      withdrawn_because: input.reason,
    })
    if (!affected(changed)) throw new DomainError('pay.errors.method_withdrawn')
    await record(client, actor, {
      action: 'pay.method.withdrawn',
      subjectType: 'pay_methods',
      subjectId: unitId,
      changes: { valid_from: validFrom, document_no: documentNo, reason: input.reason },
      grant: input.grant,
    })
  }, trx)
}
