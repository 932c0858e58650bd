import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { type Writable } from 'node:stream'
import { finished } from 'node:stream/promises'

/** Where an export goes: a stream (a response, an upload) or a file. */
export type Target = Writable | string

/** Writes with backpressure: resolves when the target wants more; rejects when it is gone. */
export type Write = (chunk: Buffer) => Promise<void>

/**
 * Runs `produce` on the target and ends it. A file appears under its name only when it is whole;
 * after an error nothing is left, and a stream is destroyed so that the reader sees a broken
 * download and not a short file.
 */
export async function writeTo(target: Target, produce: (write: Write) => Promise<void>) {
  const partial = typeof target === 'string' ? `${target}.part` : null
  const stream = typeof target === 'string' ? createWriteStream(`${target}.part`) : target
  const done = finished(stream, { readable: false })
  // observed below; without this a failure while `produce` computes would be an unhandled one
  done.catch(() => {})
  try {
    await produce(async (chunk) => {
      if (stream.destroyed) await done
      if (!stream.write(chunk)) await drained(stream)
    })
    stream.end()
    await done
    if (partial) await rename(partial, target as string)
  } catch (error) {
    stream.destroy()
    if (partial) {
      // an open that is still under way would make the file again
      if (!stream.closed) await closed(stream)
      await rm(partial, { force: true })
    }
    throw error
  }
}

/** A target that closes instead never drains: the next write finds it destroyed. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      stream.off('drain', go)
      stream.off('close', go)
      resolve()
    }
    stream.on('drain', go)
    stream.on('close', go)
  })
}

function closed(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.once('close', () => resolve()))
}
