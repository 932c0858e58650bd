import type { ActiveGrant, Actor } from '#shared/actor'
import { unseal } from '#shared/crypto'
import { inTransaction } from '#shared/database'
import { logApplication } from './log.js'

/** Opens one sealed value of an applicant, for a reason that is on record before anybody sees it. */
export async function unmaskApplicant(
  input: {
    applicationId: number
    field: 'identity' | 'phone' | 'email'
    reason: string
    grant?: ActiveGrant | null
  },
  actor: Actor
): Promise<string | null> {
  return inTransaction(async (trx) => {
    const column = `${input.field}_sealed`
    const row = await trx
      .from('recruitment_applications')
      .where('id', input.applicationId)
      .select(column)
      .firstOrFail()
    const changes = { field: input.field, reason: input.reason }
    await logApplication(trx, actor, 'unmasked', input.applicationId, changes, input.grant)
    return row[column] === null ? null : unseal(row[column], input.field)
  })
}
