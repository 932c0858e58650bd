import { Secret, TOTP } from 'otpauth'
import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { seal, unseal } from '#shared/crypto'
import { inTransaction, isUniqueViolation } from '#shared/database'
import { DomainError } from '#shared/errors'
import db from '@adonisjs/lucid/services/db'
import { countFailure, isLocked } from './count_failure.js'

/** A new secret for the authenticator app, not yet in force: base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** The `otpauth://` address that the app reads from the picture. */
export function totpAddress(secret: string, username: string): string {
  return totp(secret, username).toString()
}

/** Puts the secret in force once the person has shown a right code. */
export async function enableTotp(secret: string, code: string, actor: Actor) {
  if (!isRight(secret, code)) throw wrongCode()
  await inTransaction(async (trx) => {
    await trx
      .from('users')
      .where('id', actor.userId!)
      .update({ totp_sealed: seal(secret, 'totp'), totp_enabled_at: clock.now() })
    await record(trx, actor, {
      action: 'accounts.totp.enabled',
      subjectType: 'user',
      subjectId: actor.userId,
    })
  })
}

export async function disableTotp(code: string, actor: Actor, address: string) {
  const user = await db.from('users').where('id', actor.userId!).firstOrFail()
  await verifyTotp(user, code, actor, address)
  await inTransaction(async (trx) => {
    await trx
      .from('users')
      .where('id', actor.userId!)
      .update({ totp_sealed: null, totp_enabled_at: null })
    await record(trx, actor, {
      action: 'accounts.totp.disabled',
      subjectType: 'user',
      subjectId: actor.userId,
    })
  })
}

/**
 * Throws unless the code is right now and was not used before: one code opens once. A wrong one
 * counts towards the lock of the account, and a locked account takes no code.
 */
export async function verifyTotp(
  user: { id: number; totp_sealed: string | null; locked_until: string | null },
  code: string,
  actor: Actor,
  address: string
) {
  if (isLocked(user)) throw new DomainError('accounts.errors.locked')
  const isFresh =
    user.totp_sealed !== null &&
    isRight(unseal(user.totp_sealed, 'totp'), code) &&
    (await useUp(`totp:${user.id}:${digits(code)}`))
  if (isFresh) return
  await countFailure(Number(user.id), actor, address)
  throw wrongCode()
}

/** False when the code was used already. */
async function useUp(id: string): Promise<boolean> {
  return inTransaction(async (trx) => {
    await trx.from('throttles').where('id', id).where('window_ends', '<', clock.now()).delete()
    await trx.table('throttles').insert({ id, hits: 1, window_ends: clock.in(120) })
    return true
  }).catch((error) => {
    if (isUniqueViolation(error)) return false
    throw error
  })
}

/** Apps show the code in groups. */
function digits(code: string): string {
  return code.replace(/\s/g, '')
}

function isRight(secret: string, code: string): boolean {
  const token = digits(code)
  return totp(secret, '').validate({ token, window: 1, timestamp: clock.epoch() }) !== null
}

function totp(secret: string, label: string) {
  return new TOTP({ issuer: 'Ronghe', label: label || 'ronghe', secret: Secret.fromBase32(secret) })
}

function wrongCode() {
  return new DomainError('accounts.errors.wrong_code', {}, [
    { field: 'code', code: 'accounts.errors.wrong_code' },
  ])
}
