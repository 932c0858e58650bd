import type { ActiveGrant, Actor } from '#shared/actor'
import { insertRow, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { runsTouchedBy } from '../queries/run_hands.js'

/**
 * Keeps who had a hand in a run. Every act that does so moves the run's version on too, so that a
 * decision made meanwhile is made anew.
 */
export async function layHand(trx: Trx, runId: number, { userId }: Actor) {
  if (userId === null) return
  await insertRow(trx, 'pay_run_hands', { run_id: runId, user_id: userId }).catch((error) => {
    if (!isUniqueViolation(error)) throw error
  })
}

/** Who had a hand in it decides nothing about it, in the own name or in another's. */
export async function refuseHands(
  trx: Trx,
  runId: number,
  actor: Actor,
  grant?: ActiveGrant | null
) {
  const touched = await runsTouchedBy([actor.userId, grant?.onBehalfOf?.userId], [runId], trx)
  if (touched.size > 0) throw new DomainError('pay.errors.same_person')
}
