import db from '@adonisjs/lucid/services/db'
import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { MoveError } from '#shared/errors'
import { requestClaimsPort } from '#shared/ports/request_claims'
import { releaseRequest } from './release_request.js'

/**
 * Reservations end at 24:00 of their last day; one that an approved hire or a plan counts on waits
 * until it was carried out or has left the flow. Each request in a transaction of its own; one that
 * somebody moves at the same moment is left to him. Returns how many expired.
 */
export async function expireRequests(): Promise<number> {
  const actor = Actor.system()
  const due = await db
    .from('quota_requests')
    .whereIn('state', ['submitted', 'approved'])
    .where('expires_on', '<', clock.today())
    .orderBy('id')
    .select('id')
  let expired = 0
  for (const { id } of due) {
    try {
      const done = await inTransaction(async (trx) => {
        const row = await trx.from('quota_requests').where('id', id).forUpdate().firstOrFail()
        const request = { id: Number(id), unitId: Number(row.unit_id) }
        if ((await requestClaimsPort.of(request, trx)).length > 0) return false
        await releaseRequest(trx, actor, row, 'expired')
        await record(trx, actor, {
          action: 'organization.request.expired',
          subjectType: 'quota_request',
          subjectId: Number(id),
          changes: { expires_on: row.expires_on },
        })
        return true
      })
      if (done) expired++
    } catch (error) {
      if (!(error instanceof MoveError)) throw error
    }
  }
  return expired
}
