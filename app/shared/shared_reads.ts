import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * What one page reads for several of its parts is read once: within `sharingReads` the second
 * `readOnce` of a key gets the answer of the first. Nothing outlives the page, nothing is kept
 * outside of one; only what reads without writing may be run within.
 */
const storage = new AsyncLocalStorage<Map<string, Promise<unknown>>>()

export function sharingReads<T>(work: () => Promise<T>): Promise<T> {
  return storage.getStore() ? work() : storage.run(new Map(), work)
}

export function readOnce<T>(key: string, read: () => Promise<T>): Promise<T> {
  const known = storage.getStore()
  if (!known) return read()
  const found = known.get(key) ?? read()
  known.set(key, found)
  return found as Promise<T>
}
