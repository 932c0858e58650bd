import { record, sensitive } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inTransaction } from '#shared/database'

/** Where reminders go, when the office has turned them on; null: nowhere. */
export async function setEmail(email: string | null, actor: Actor) {
  await inTransaction(async (trx) => {
    await trx.from('users').where('id', actor.userId!).update({ email })
    await record(trx, actor, {
      action: 'accounts.email.set',
      subjectType: 'user',
      subjectId: actor.userId,
      changes: { email: sensitive(email) },
    })
  })
}
