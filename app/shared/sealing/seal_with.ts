import { createCipheriv, randomFillSync, type KeyObject } from 'node:crypto'

export const IV_BYTES = 12
export const TAG_BYTES = 16
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

/** AES-256-GCM: base64 of the initial value, the tag and the text. */
export function sealWith(key: KeyObject, text: string): string {
  const iv = freshIv()
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = cipher.update(text, 'utf8')
  // a stream cipher holds nothing back: this only makes the tag
  cipher.final()
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
}
