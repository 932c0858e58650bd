import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomFillSync,
  randomInt,
  type KeyObject,
} from 'node:crypto'
import env from '#start/env'

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

const IV_BYTES = 12
const TAG_BYTES = 16
/** Random bytes are drawn for many values at once: a call for twelve costs as much as one for all. */
const pool = Buffer.alloc(IV_BYTES * 512)
let used = pool.length

/** Twelve bytes that were never given before and never will be again. */
function freshIv(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += IV_BYTES
  return Buffer.from(pool.subarray(used - IV_BYTES, used))
}

/** Encrypts personal data for one purpose (`identity`, `phone`, `account`, `totp`…): AES-256-GCM, base64. */
export function seal(text: string, purpose: string): string {
  const iv = freshIv()
  const cipher = createCipheriv('aes-256-gcm', keyFor(`seal:${purpose}`), iv)
  const body = cipher.update(text, 'utf8')
  // a stream cipher holds nothing back: this only makes the tag
  cipher.final()
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
}

/** Opens what `seal` made for the same purpose; throws when it was changed. */
export function unseal(sealed: string, purpose: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyFor(`seal:${purpose}`),
    bytes.subarray(0, IV_BYTES)
  )
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  const body = bytes.subarray(IV_BYTES + TAG_BYTES)
  return decipher.update(body, undefined, 'utf8') + decipher.final('utf8')
}

/** Keyed digest for look-up of sealed values (HMAC-SHA256, hexadecimal). */
export function digest(text: string, purpose: string): string {
  return createHmac('sha256', keyFor(`digest:${purpose}`))
    .update(text)
    .digest('hex')
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
