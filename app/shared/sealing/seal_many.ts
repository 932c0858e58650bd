import type { KeyObject } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { sealingKey } from '#shared/crypto'
import { sealWith } from './seal_with.js'

type Texts = (string | null)[]
export type SealTask = { id: number; key: KeyObject; texts: Texts }
export type SealReply = { id: number; sealed: Texts }
type Waiting = { resolve: (sealed: Texts) => void; reject: (error: Error) => void }

/** Fewer are sealed before a thread has heard of them. */
const FEW = 20
const waiting = new Map<number, Waiting>()
let worker: Worker | null = null
let lastId = 0

/**
 * Seals many values of one purpose on a thread of its own, so that whoever has thousands of them
 * can judge and store meanwhile; null stays null.
 */
export function sealMany(texts: Texts, purpose: string): Promise<Texts> {
  const key = sealingKey(purpose)
  if (texts.length < FEW) {
    return Promise.resolve(texts.map((text) => (text === null ? null : sealWith(key, text))))
  }
  return new Promise((resolve, reject) => {
    const id = ++lastId
    waiting.set(id, { resolve, reject })
    worker ??= startWorker()
    worker.ref()
    worker.postMessage({ id, key, texts } satisfies SealTask)
  })
}

function startWorker(): Worker {
  const fromSource = import.meta.filename.endsWith('.ts')
  const entry = new URL(fromSource ? './seal_worker.ts' : './seal_worker.js', import.meta.url)
  const started = new Worker(entry, {
    execArgv: fromSource ? ['--import', import.meta.resolve('@poppinss/ts-exec')] : [],
    env: {},
  })
  started.on('message', ({ id, sealed }: SealReply) => {
    waiting.get(id)?.resolve(sealed)
    waiting.delete(id)
    if (waiting.size === 0) started.unref()
  })
  started.on('error', fail)
  started.on('exit', () => fail(new Error('the sealing thread ended')))
  return started
}

/** What was under way fails; a later call starts a new thread. */
function fail(error: Error) {
  worker = null
  for (const { reject } of waiting.values()) reject(error)
  waiting.clear()
}
