import {
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  randomInt,
  type KeyObject,
} from 'node:crypto'
import env from '#start/env'
import { digestWith } from './sealing/digest_with.js'
import { IV_BYTES, sealWith, TAG_BYTES } from './sealing/seal_with.js'

const keys = new Map<string, KeyObject>()

/** One key a purpose, derived from DATA_KEY; kept as KeyObject, for Buffers are re-read at every call. */
function keyFor(purpose: string): KeyObject {
  let key = keys.get(purpose)
  if (!key) {
    const secret = env.get('DATA_KEY').release()
    key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'ronghe', purpose, 32)))
    keys.set(purpose, key)
  }
  return key
}

/** Encrypts personal data for one purpose (`identity`, `phone`, `account`, `totp`…): AES-256-GCM, base64. */
export function seal(text: string, purpose: string): string {
  return sealWith(sealingKey(purpose), text)
}

/** For a thread that seals, which is given the keys of its purposes and no other. */
export function sealingKey(purpose: string): KeyObject {
  return keyFor(`seal:${purpose}`)
}

/** Opens what `seal` made for the same purpose; throws when it was changed. */
export function unseal(sealed: string, purpose: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const iv = bytes.subarray(0, IV_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(purpose), iv)
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  const body = bytes.subarray(IV_BYTES + TAG_BYTES)
  return decipher.update(body, undefined, 'utf8') + decipher.final('utf8')
}

/** Keyed digest for look-up of sealed values (HMAC-SHA256, hexadecimal). */
export function digest(text: string, purpose: string): string {
  return digestWith(digestKey(purpose), text)
}

/** For a thread that makes digests. */
export function digestKey(purpose: string): KeyObject {
  return keyFor(`digest:${purpose}`)
}

/** Plain SHA-256, hexadecimal: files, certificates, the audit chain. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Random text of letters and digits that are not mistaken for each other. */
export function randomCode(length: number): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
