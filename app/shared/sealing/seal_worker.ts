import { parentPort } from 'node:worker_threads'
import type { SealReply, SealTask } from './seal_many.js'
import { sealWith } from './seal_with.js'

// The thread that seals many values. It knows what it is handed: no database, no settings.
parentPort!.on('message', ({ id, key, texts }: SealTask) => {
  const sealed = texts.map((text) => (text === null ? null : sealWith(key, text)))
  parentPort!.postMessage({ id, sealed } satisfies SealReply)
})
