import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { digest } from '#shared/crypto'
import { affected, inTransaction, isUniqueViolation } from '#shared/database'
import { DomainError } from '#shared/errors'

const WINDOW_SECONDS = 15 * 60
/** Sign-in attempts of one address in the window: an office behind one address is many people. */
const PER_ADDRESS = 100

/**
 * Counts one attempt of an address at one door; throws 429 above the limit. Nothing about the
 * address is stored but a keyed digest.
 */
export async function throttleAddress(
  address: string,
  { door = 'ip', limit = PER_ADDRESS } = {}
): Promise<void> {
  const id = `${door}:${digest(address, 'throttle')}`
  const now = clock.now()
  const fresh = { id, hits: 1, window_ends: clock.in(WINDOW_SECONDS) }
  await inTransaction(async (trx) => {
    const counted = await trx
      .from('throttles')
      .where('id', id)
      .where('window_ends', '>', now)
      .increment('hits', 1)
    if (affected(counted)) return
    await trx.from('throttles').where('id', id).delete()
    await trx.table('throttles').insert(fresh)
  }).catch((error) => {
    if (!isUniqueViolation(error)) throw error
  })
  const row = await db.from('throttles').where('id', id).first()
  if (row && Number(row.hits) > limit) throw new TooManyAttempts()
}

class TooManyAttempts extends DomainError {
  constructor() {
    super('accounts.errors.too_many_attempts')
    this.status = 429
    this.code = 'E_TOO_MANY_REQUESTS'
  }
}
