import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
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

/** Encrypts personal data for one purpose (`identity`, `phone`, `account`, `totp`…): AES-256-GCM, base64. */
export function seal(text: string, purpose: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(`seal:${purpose}`), iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
}

/** Opens what `seal` made for the same purpose; throws when it was changed. */
export function unseal(sealed: string, purpose: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(`seal:${purpose}`), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
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
