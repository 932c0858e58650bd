import hash from '@adonisjs/core/services/hash'
import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inTransaction, updateVersioned } from '#shared/database'
import { DomainError } from '#shared/errors'
import { initialPassword, type IssuedAccount } from './issue_accounts.js'

/** A new initial password on a new slip; every session of the account ends, a lock is lifted. */
export async function resetPassword(
  userId: number,
  version: number,
  actor: Actor
): Promise<IssuedAccount> {
  if (userId === actor.userId) throw new DomainError('accounts.errors.own_account')
  const password = initialPassword()
  const hashed = await hash.make(password)
  return inTransaction(async (trx) => {
    const user = await trx.from('users').where('id', userId).firstOrFail()
    await updateVersioned(trx, 'users', userId, version, {
      password: hashed,
      must_change_password: true,
      password_changed_at: clock.now(),
      totp_sealed: null,
      totp_enabled_at: null,
      failed_sign_ins: 0,
      locked_until: null,
      session_epoch: trx.raw('session_epoch + 1'),
    })
    await record(trx, actor, {
      action: 'accounts.password.reset',
      subjectType: 'user',
      subjectId: userId,
    })
    return { userId, name: user.name, username: user.username, password, unit: '' }
  })
}

/** Opens or closes an account; closing ends its sessions at once. */
export async function setUserState(
  input: { userId: number; version: number; state: 'active' | 'disabled' },
  actor: Actor
) {
  if (input.userId === actor.userId) throw new DomainError('accounts.errors.own_account')
  await inTransaction(async (trx) => {
    await updateVersioned(trx, 'users', input.userId, input.version, {
      state: input.state,
      session_epoch: trx.raw('session_epoch + 1'),
    })
    await record(trx, actor, {
      action: `accounts.user.${input.state}`,
      subjectType: 'user',
      subjectId: input.userId,
    })
  })
}

/** Ends every session of the actor's own account. Returns the epoch for the session that stays. */
export async function signOutEverywhere(actor: Actor): Promise<number> {
  return inTransaction(async (trx) => {
    const changed = await trx.from('users').where('id', actor.userId!).increment('session_epoch', 1)
    if (!affected(changed)) throw new DomainError('accounts.errors.own_account')
    await record(trx, actor, {
      action: 'accounts.session.ended_everywhere',
      subjectType: 'user',
      subjectId: actor.userId,
    })
    const user = await trx.from('users').where('id', actor.userId!).firstOrFail()
    return Number(user.session_epoch)
  })
}
