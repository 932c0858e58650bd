import hash from '@adonisjs/core/services/hash'
import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inTransaction } from '#shared/database'
import { DomainError, StaleError } from '#shared/errors'
import db from '@adonisjs/lucid/services/db'
import { passwordProblems } from '../domain/password_policy.js'
import { passwordPolicy } from '../policy.js'
import { countFailure, isLocked } from './count_failure.js'

export interface ChangePasswordInput {
  userId: number
  address: string
  current: string
  next: string
}

/**
 * The owner changes the password; every other session of the account ends. A wrong present password
 * counts towards the lock as at the sign-in. Returns the new session epoch.
 */
export async function changePassword(input: ChangePasswordInput, actor: Actor): Promise<number> {
  const policy = passwordPolicy()
  const user = await db.from('users').where('id', input.userId).firstOrFail()
  if (isLocked(user)) throw new DomainError('accounts.errors.locked')
  // Hashing takes tens of milliseconds: all of it before the transaction.
  if (!(await hash.verify(user.password, input.current))) {
    await countFailure(input.userId, actor, input.address)
    throw refused('current_password', 'accounts.errors.wrong_password')
  }
  const problems = passwordProblems(input.next, policy, [user.username, user.name])
  if (problems.length) {
    throw new DomainError(
      'accounts.errors.password_refused',
      {},
      problems.map((problem) => ({
        field: 'password',
        code: `accounts.password_problems.${problem}`,
        params: { length: policy.minLength, classes: policy.classes },
      }))
    )
  }
  await refuseEarlier(user, input.next, policy.history)
  const next = await hash.make(input.next)
  return inTransaction(async (trx) => {
    const changed = await trx
      .from('users')
      .where({ id: input.userId, password: user.password })
      .update({
        password: next,
        must_change_password: false,
        password_changed_at: clock.now(),
        session_epoch: trx.raw('session_epoch + 1'),
      })
    if (!affected(changed))
      throw new StaleError({ id: input.userId }, { type: 'user', id: input.userId })
    await trx
      .table('password_history')
      .insert({ user_id: input.userId, password: user.password, created_at: clock.now() })
    await record(trx, actor, {
      action: 'accounts.password.changed',
      subjectType: 'user',
      subjectId: input.userId,
    })
    const { session_epoch: epoch } = await trx.from('users').where('id', input.userId).firstOrFail()
    return Number(epoch)
  })
}

async function refuseEarlier(user: any, next: string, history: number) {
  const earlier = await db
    .from('password_history')
    .where('user_id', user.id)
    .orderBy('id', 'desc')
    .limit(Math.max(history - 1, 0))
  // The present one is no change under any policy.
  for (const password of [user.password, ...earlier.map((row) => row.password)]) {
    if (await hash.verify(password, next)) {
      throw refused('password', 'accounts.password_problems.used_before')
    }
  }
}

function refused(field: string, code: string) {
  return new DomainError('accounts.errors.password_refused', {}, [{ field, code }])
}
