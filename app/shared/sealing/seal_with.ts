import { createCipheriv, randomFillSync, type KeyObject } from 'node:crypto'

export const IV_BYTES = 12
export const TAG_BYTES = 16
/** Random bytes are drawn for many values at once: a call for twelve costs as much as one for all. */
const pool = Buffer.alloc(IV_BYTES * 512)
let used = pool.length
/** Where a sealed value is put together; longer ones get their own. */
const scratch = Buffer.alloc(4_096)

/** Twelve bytes that were never given before and never will be again. */
function freshIv(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += IV_BYTES
  return pool.subarray(used - IV_BYTES, used)
}

/** AES-256-GCM: base64 of the initial value, the tag and the text. */
export function sealWith(key: KeyObject, text: string): string {
  const iv = freshIv()
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = cipher.update(text, 'utf8')
  // a stream cipher holds nothing back: this only makes the tag
  cipher.final()
  const head = IV_BYTES + TAG_BYTES
  const length = head + body.length
  const sealed = length > scratch.length ? Buffer.alloc(length) : scratch
  sealed.set(iv)
  sealed.set(cipher.getAuthTag(), IV_BYTES)
  sealed.set(body, head)
  return sealed.toString('base64', 0, length)
}
