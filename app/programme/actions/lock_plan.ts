import { clock } from '#shared/clock'
import { affected, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'

/**
 * Makes changes of the network wait for each other: two links that are harmless alone may close a
 * circle together. The first write of every action that changes links or fixed dates.
 */
export async function lockPlan(trx: Trx) {
  const locked = await trx
    .from('programmes')
    .where('code', 'reform')
    .update({ updated_at: clock.now() })
  if (!affected(locked)) throw new DomainError('programme.errors.no_programme')
}
