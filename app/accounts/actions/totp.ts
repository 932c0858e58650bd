import { Secret, TOTP } from 'otpauth'
import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { seal, unseal } from '#shared/crypto'
import { affected, inTransaction } from '#shared/database'
import { DomainError } from '#shared/errors'
import db from '@adonisjs/lucid/services/db'

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

export async function disableTotp(code: string, actor: Actor) {
  await verifyTotp(actor.userId!, code)
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

/** Throws unless the code is right now and was not used before: one code opens once. */
export async function verifyTotp(userId: number, code: string) {
  const user = await db.from('users').where('id', userId).firstOrFail()
  if (!user.totp_sealed || !isRight(unseal(user.totp_sealed, 'totp'), code)) throw wrongCode()
  const id = `totp:${userId}:${code}`
  await inTransaction(async (trx) => {
    await trx.from('throttles').where('id', id).where('window_ends', '<', clock.now()).delete()
    const used = await trx.from('throttles').where('id', id).increment('hits', 1)
    if (affected(used)) throw wrongCode()
    await trx.table('throttles').insert({ id, hits: 1, window_ends: clock.in(120) })
  })
}

function isRight(secret: string, code: string): boolean {
  const token = code.replace(/\s/g, '')
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
