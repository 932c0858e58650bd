import hash from '@adonisjs/core/services/hash'
import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { civilDate, clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { INITIAL_DAYS } from '../domain/password_policy.js'
import { digest } from '#shared/crypto'
import { inTransaction } from '#shared/database'
import { DomainError } from '#shared/errors'
import db from '@adonisjs/lucid/services/db'
import { passwordPolicy } from '../policy.js'
import { throttleAddress } from './throttle.js'

export interface SignInInput {
  username: string
  password: string
  address: string
  requestId: string | null
}

export interface SignedIn {
  userId: number
  needsCode: boolean
  /** Failures since the last sign-in, told to the person. */
  failures: number
}

/** Compared when the user name is unknown, so that both refusals take the same time. */
const NOBODY =
  '$scrypt$n=16384,r=8,p=1$2QyRx6bTT0FlTmYbRvpXCg$rkpSuWmjWj4LqBbdm4gJwzZZdEq31pvcdzb9HKjm3yFRtjPtAWLdS7Y8Al4Twp5tCpjZ0MlfgHUM7lTwLYpm8A'

/**
 * Checks user name and password. Wrong name and wrong password are answered alike; after the
 * policy's number of failures the account is locked for a while and the owner is told at the next
 * sign-in.
 */
export async function signIn(input: SignInInput): Promise<SignedIn> {
  await throttleAddress(input.address)
  const user = await db.from('users').where('username', input.username).first()
  const locked = user?.locked_until && user.locked_until > clock.now()
  const matches = await hash.verify(user?.password ?? NOBODY, input.password).catch(() => false)
  if (!user || user.state !== 'active') throw new DomainError('accounts.errors.sign_in')
  if (locked) throw new DomainError('accounts.errors.locked')
  const actor = new Actor(Number(user.id), null, user.name, user.locale, [], input.requestId)
  if (!matches) {
    await countFailure(Number(user.id), actor, input.address)
    throw new DomainError('accounts.errors.sign_in')
  }
  if (isInitialExpired(user)) throw new DomainError('accounts.errors.initial_expired')
  await inTransaction(async (trx) => {
    await trx
      .from('users')
      .where('id', user.id)
      .update({ failed_sign_ins: 0, locked_until: null, last_sign_in_at: clock.now() })
    await record(trx, actor, {
      action: 'accounts.session.started',
      subjectType: 'user',
      subjectId: Number(user.id),
      changes: { address: digest(input.address, 'audit').slice(0, 16) },
    })
  })
  return {
    userId: Number(user.id),
    needsCode: user.totp_enabled_at !== null,
    failures: Number(user.failed_sign_ins),
  }
}

function isInitialExpired(user: any): boolean {
  if (!user.must_change_password || !user.password_changed_at) return false
  return addDays(civilDate(user.password_changed_at), INITIAL_DAYS) < clock.today()
}

async function countFailure(userId: number, actor: Actor, address: string) {
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
      changes: { address: digest(address, 'audit').slice(0, 16) },
    })
  })
}
