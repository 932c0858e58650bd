import hash from '@adonisjs/core/services/hash'
import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { civilDate, clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { INITIAL_DAYS } from '../domain/password_policy.js'
import { affected, inTransaction } from '#shared/database'
import { DomainError } from '#shared/errors'
import db from '@adonisjs/lucid/services/db'
import { addressDigest, countFailure, isLocked } from './count_failure.js'
import { throttleAddress } from './throttle.js'
import { verifyTotp } from './totp.js'

interface Attempt {
  address: string
  requestId: string | null
}

export interface SignInInput extends Attempt {
  username: string
  password: string
}

export interface SecondStepInput extends Attempt {
  userId: number
  code: string
  /** Of the account when the password was right. */
  epoch: number
}

/** The password was right; with `needsCode` nothing is opened before `passSecondStep`. */
export interface SignedIn {
  userId: number
  needsCode: boolean
  /** Failures since the last sign-in, told to the person. */
  failures: number
  /** Of the account when the password was right: a session opened by it ends when that moves on. */
  epoch: number
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
  const matches = await hash.verify(user?.password ?? NOBODY, input.password).catch(() => false)
  if (!user || user.state !== 'active') throw new DomainError('accounts.errors.sign_in')
  if (isLocked(user)) throw new DomainError('accounts.errors.locked')
  if (!matches) {
    await countFailure(Number(user.id), ownerOf(user, input), input.address)
    throw new DomainError('accounts.errors.sign_in')
  }
  if (isInitialExpired(user)) throw new DomainError('accounts.errors.initial_expired')
  const needsCode = user.totp_enabled_at !== null
  if (!needsCode) await start(user, input)
  return { needsCode, ...signedIn(user) }
}

/** The code after the password; a wrong one counts as a wrong password does. */
export async function passSecondStep(input: SecondStepInput): Promise<SignedIn> {
  await throttleAddress(input.address)
  const user = await db.from('users').where('id', input.userId).firstOrFail()
  if (user.state !== 'active' || Number(user.session_epoch) !== input.epoch) {
    throw new DomainError('accounts.errors.sign_in')
  }
  await verifyTotp(user, input.code, ownerOf(user, input), input.address)
  await start(user, input)
  return { needsCode: false, ...signedIn(user) }
}

function signedIn(user: any) {
  return {
    userId: Number(user.id),
    failures: Number(user.failed_sign_ins),
    epoch: Number(user.session_epoch),
  }
}

function ownerOf(user: any, { requestId }: Attempt): Actor {
  return new Actor(Number(user.id), null, user.name, user.locale, [], requestId)
}

/**
 * The last step has passed: failures are forgotten only now. Refused when the password was changed,
 * or the account closed or locked, while it was looked at.
 */
async function start(user: any, attempt: Attempt) {
  await inTransaction(async (trx) => {
    const started = await trx
      .from('users')
      .where({ id: user.id, state: 'active', session_epoch: user.session_epoch })
      .where((free) => free.whereNull('locked_until').orWhere('locked_until', '<=', clock.now()))
      .update({ failed_sign_ins: 0, locked_until: null, last_sign_in_at: clock.now() })
    if (!affected(started)) throw new DomainError('accounts.errors.sign_in')
    await record(trx, ownerOf(user, attempt), {
      action: 'accounts.session.started',
      subjectType: 'user',
      subjectId: Number(user.id),
      changes: { address: addressDigest(attempt.address) },
    })
  })
}

function isInitialExpired(user: any): boolean {
  if (!user.must_change_password || !user.password_changed_at) return false
  return addDays(civilDate(user.password_changed_at), INITIAL_DAYS) < clock.today()
}
