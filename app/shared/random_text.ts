import { randomBytes, randomFillSync } from 'node:crypto'

const store = Buffer.alloc(4096)
let left = 0

/**
 * Random text for addresses, made as the framework makes it, out of a store: asking the system for
 * thirteen bytes (every page has a nonce) takes as long as for hundreds. No byte serves twice.
 */
export function randomText(size: number): string {
  const bytes = Math.ceil(((size + 1) * 6) / 8)
  if (bytes > store.length) return textOf(randomBytes(bytes), size)
  if (left < bytes) {
    randomFillSync(store)
    left = store.length
  }
  left -= bytes
  const piece = store.subarray(left, left + bytes)
  const text = textOf(piece, size)
  piece.fill(0)
  return text
}

function textOf(bytes: Buffer, size: number): string {
  return bytes.toString('base64url').slice(0, size)
}
