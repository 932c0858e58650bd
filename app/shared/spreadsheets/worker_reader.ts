import { Worker } from 'node:worker_threads'
import { SpreadsheetError } from './errors.js'
import type { Limits } from './limits.js'
import { unpackRows } from './packed_rows.js'
import type { TablePart } from './types.js'
import type { PackedPart, WorkerMessage, WorkerTask } from './worker_messages.js'

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
/** A thread whose caller has left gets so long to come to rest. */
const REST_MS = 250
/** An upload is read again for its dry run a moment later: the thread is warm by then. */
const KEPT_MS = 60_000

/** `packedInWorker` with rows of cells. */
export async function* readInWorker(
  path: string,
  fileName: string,
  limits: WorkerLimits = {}
): AsyncGenerator<TablePart> {
  for await (const part of packedInWorker(path, fileName, limits)) {
    yield part.type === 'rows' ? { ...part, rows: unpackRows(part.rows) } : part
  }
}

/**
 * Reads an uploaded table on a thread of its own and hands over its parts as they come: at most 400
 * rows each, a few ahead of the caller. A thread that came to an end of a good file is kept for the
 * next one. Throws SpreadsheetError, also `timeout` and `out_of_memory`.
 */
export async function* packedInWorker(
  path: string,
  fileName: string,
  limits: WorkerLimits = {}
): AsyncGenerator<PackedPart> {
  const { timeMs = TIME_MS, memoryMb = MEMORY_MB, ...bounds } = limits
  const worker = takeKept(memoryMb) ?? startWorker(memoryMb)
  const inbox = new Inbox(worker, timeMs)
  worker.postMessage({ path, fileName, limits: bounds } satisfies WorkerTask)
  try {
    for (let part = await inbox.next(); part; part = await inbox.next()) {
      worker.postMessage('taken' satisfies WorkerTask)
      yield part
    }
  } finally {
    if (memoryMb === MEMORY_MB && (await inbox.atRest())) keep(worker)
    else await worker.terminate()
  }
}

function startWorker(memoryMb: number): Worker {
  // sources run through the TypeScript loader, the build holds plain JavaScript beside this file
  const fromSource = import.meta.filename.endsWith('.ts')
  const entry = new URL(fromSource ? './read_worker.ts' : './read_worker.js', import.meta.url)
  return new Worker(entry, {
    execArgv: fromSource ? ['--import', import.meta.resolve('@poppinss/ts-exec')] : [],
    // no key and no database password goes to the thread that touches hostile files
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: NURSERY_MB },
  })
}

let kept: { worker: Worker; end: NodeJS.Timeout } | null = null

/** One thread waits for the next file, and not for long; it keeps no process alive. */
function keep(worker: Worker) {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
  if (kept) return void worker.terminate()
  worker.on('error', () => {}).unref()
  kept = { worker, end: setTimeout(() => takeKept()?.terminate(), KEPT_MS).unref() }
}

function takeKept(memoryMb = MEMORY_MB): Worker | null {
  if (!kept || memoryMb !== MEMORY_MB) return null
  const { worker, end } = kept
  kept = null
  clearTimeout(end)
  worker.ref()
  return worker.threadId < 0 ? null : worker
}

/** The parts that a worker sends as something to wait for, within a budget of time. */
class Inbox {
  #parts: PackedPart[] = []
  #failure: Error | null = null
  #ended = false
  #wake: () => void = () => {}
  #budget: number

  constructor(
    private readonly worker: Worker,
    timeMs: number
  ) {
    this.#budget = timeMs
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'refused') {
        return this.#fail(new SpreadsheetError(message.code, message.params))
      }
      if (message.type === 'part') this.#parts.push(message.part)
      else this.#ended = true
      this.#wake()
    })
    worker.on('error', (error) => this.#fail(workerError(error)))
    worker.on('exit', () => this.#fail(new Error('the reading thread ended early')))
  }

  /** The next part, null behind the last. */
  async next(): Promise<PackedPart | null> {
    while (this.#parts.length === 0) {
      if (this.#failure) throw this.#failure
      if (this.#ended) return null
      await this.#news()
    }
    return this.#parts.shift()!
  }

  /** Whether the thread is ready for another file; one whose caller has left is told to stop. */
  async atRest(): Promise<boolean> {
    this.worker.postMessage('stop' satisfies WorkerTask)
    this.#budget = REST_MS
    while (!this.#ended && !this.#failure) await this.#news()
    return this.#failure === null
  }

  async #news() {
    const started = performance.now()
    const timer = setTimeout(
      () => this.#fail(new SpreadsheetError('timeout')),
      Math.max(this.#budget, 0)
    )
    await new Promise<void>((resolve) => (this.#wake = resolve))
    clearTimeout(timer)
    this.#budget -= performance.now() - started
  }

  #fail(error: Error) {
    this.#failure ??= error
    this.#wake()
  }
}

function workerError(error: unknown): Error {
  const code = (error as { code?: string }).code
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return new SpreadsheetError('out_of_memory')
  return error instanceof Error ? error : new Error('the reading thread failed')
}
