import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { digest } from '#shared/crypto'
import { inTransaction } from '#shared/database'
import { passwordPolicy } from '../policy.js'

/** One wrong password or code; the policy's number of them locks the account for a while. */
export async function countFailure(userId: number, actor: Actor, address: string) {
  const policy = passwordPolicy()
  await inTransaction(async (trx) => {
    await trx.from('users').where('id', userId).increment('failed_sign_ins', 1)
    const row = await trx.from('users').where('id', userId).firstOrFail()
    const lock = Number(row.failed_sign_ins) % policy.failuresUntilLock === 0
    if (lock) {
      const until = clock.in(policy.lockMinutes * 60)
      await trx.from('users').where('id', userId).update({ locked_until: until })
    }
    await record(trx, actor, {
      action: lock ? 'accounts.session.locked' : 'accounts.session.failed',
      subjectType: 'user',
      subjectId: userId,
      changes: { address: addressDigest(address) },
    })
  })
}

/** What stands of an address in the log. */
export function addressDigest(address: string): string {
  return digest(address, 'audit').slice(0, 16)
}

export function isLocked(user: { locked_until: string | null }): boolean {
  return user.locked_until !== null && user.locked_until > clock.now()
}
