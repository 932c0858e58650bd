import type { Actor, ActiveGrant } from '#shared/actor'
import { unseal } from '#shared/crypto'
import { inTransaction } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { record } from '#audit/actions/record'

export type SealedField = 'identity' | 'phone'

/**
 * Opens one sealed value of a person, for a reason that is on record before anybody sees it.
 * Null when there is no such value.
 */
export async function unmask(
  input: { personId: number; field: SealedField; reason: string },
  actor: Actor,
  grant: ActiveGrant | null = null
): Promise<string | null> {
  return inTransaction(async (trx) => {
    const column = `${input.field}_sealed`
    const row = await trx.from('persons').where('id', input.personId).select(column).first()
    if (!row) throw new NotFoundError('person')
    await record(trx, actor, {
      action: 'people.person.unmasked',
      subjectType: 'person',
      subjectId: input.personId,
      changes: { field: input.field, reason: input.reason },
      grant,
    })
    return row[column] === null ? null : unseal(row[column], input.field)
  })
}
