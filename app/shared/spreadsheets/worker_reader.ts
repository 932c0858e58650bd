import { Worker } from 'node:worker_threads'
import { SpreadsheetError } from './errors.js'
import type { Limits } from './limits.js'
import type { TablePart } from './types.js'
import type { WorkerInput, WorkerMessage } from './worker_messages.js'

export type WorkerLimits = Partial<Limits> & {
  /** milliseconds that the thread may work in all; time in which the caller is busy is not counted */
  timeMs?: number
  /** heap of the thread */
  memoryMb?: number
}

const TIME_MS = 30_000
const MEMORY_MB = 192
/** measured: cells are gone as soon as they are sent, so a small nursery keeps the memory flat */
const NURSERY_MB = 12

/**
 * Reads an uploaded table on a thread of its own and hands over its parts as they come: at most 400
 * rows each, a few ahead of the caller. Leaving the loop ends the thread. Throws SpreadsheetError,
 * also `timeout` and `out_of_memory`.
 */
export async function* readInWorker(
  path: string,
  fileName: string,
  limits: WorkerLimits = {}
): AsyncGenerator<TablePart> {
  const { timeMs = TIME_MS, memoryMb = MEMORY_MB, ...bounds } = limits
  const inbox = new Inbox(startWorker({ path, fileName, limits: bounds }, memoryMb), timeMs)
  try {
    for (;;) {
      const message = await inbox.next()
      if (message.type === 'end') return
      if (message.type === 'refused') throw new SpreadsheetError(message.code, message.params)
      inbox.worker.postMessage('taken')
      yield message.part
    }
  } finally {
    await inbox.worker.terminate()
  }
}

function startWorker(input: WorkerInput, memoryMb: number): Worker {
  // sources run through the TypeScript loader, the build holds plain JavaScript beside this file
  const fromSource = import.meta.filename.endsWith('.ts')
  const entry = new URL(fromSource ? './read_worker.ts' : './read_worker.js', import.meta.url)
  return new Worker(entry, {
    workerData: input,
    execArgv: fromSource ? ['--import', import.meta.resolve('@poppinss/ts-exec')] : [],
    // no key and no database password goes to the thread that touches hostile files
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: NURSERY_MB },
  })
}

/** The messages of a worker as something to wait for, within a budget of time. */
class Inbox {
  #messages: WorkerMessage[] = []
  #failure: Error | null = null
  #wake: () => void = () => {}
  #budget: number

  constructor(
    readonly worker: Worker,
    timeMs: number
  ) {
    this.#budget = timeMs
    worker.on('message', (message: WorkerMessage) => {
      this.#messages.push(message)
      this.#wake()
    })
    worker.on('error', (error) => this.#fail(workerError(error)))
    worker.on('exit', () => this.#fail(new Error('the reading thread ended early')))
  }

  #fail(error: Error) {
    this.#failure ??= error
    this.#wake()
  }

  async next(): Promise<WorkerMessage> {
    const message = this.#messages.shift()
    if (message) return message
    if (this.#failure) throw this.#failure
    const started = performance.now()
    const timer = setTimeout(
      () => this.#fail(new SpreadsheetError('timeout')),
      Math.max(this.#budget, 0)
    )
    await new Promise<void>((resolve) => (this.#wake = resolve))
    clearTimeout(timer)
    this.#budget -= performance.now() - started
    return this.next()
  }
}

function workerError(error: unknown): Error {
  const code = (error as { code?: string }).code
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return new SpreadsheetError('out_of_memory')
  return error instanceof Error ? error : new Error('the reading thread failed')
}
