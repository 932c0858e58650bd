import { createHmac, type KeyObject } from 'node:crypto'

/** HMAC-SHA256, hexadecimal. */
export function digestWith(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}
