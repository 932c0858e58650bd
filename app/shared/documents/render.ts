import { Worker } from 'node:worker_threads'
import { clock } from '../clock.js'
import type { PdfDocument } from './definition.js'

export interface RenderRequest {
  id: number
  document: PdfDocument
  createdAt: number
}

export type RenderReply = { id: number; bytes: Uint8Array } | { id: number; error: string }

interface Task extends RenderRequest {
  timeout: number
  resolve(pdf: Buffer): void
  reject(error: Error): void
}

/** The document could not be drawn: a wrong definition, no room, or no time. */
export class RenderError extends Error {
  name = 'RenderError'
}

const waiting: Task[] = []
let running: { task: Task; timer: NodeJS.Timeout } | null = null
let worker: Worker | null = null
let lastId = 0

/**
 * Draws a document as PDF in one long-lived worker thread, so that a batch of hundreds of pages
 * never holds up a request. Documents are drawn one after the other in the order asked; the thread
 * is bounded in memory, and when it dies or takes longer than `timeout` milliseconds only the
 * document in hand fails (RenderError) and the next one gets a new thread. A waiting document
 * keeps the process alive, an idle thread does not.
 */
export function renderPdf(document: PdfDocument, timeout = 120_000): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    lastId += 1
    const createdAt = clock.epoch()
    waiting.push({ id: lastId, document, createdAt, timeout, resolve, reject })
    next()
  })
}

/** Ends the thread; a document in hand fails, a later one starts a new thread. */
export async function closeRenderer(): Promise<void> {
  const ending = worker
  fail(new RenderError('The renderer was closed'))
  await ending?.terminate()
}

function next(): void {
  if (running) return
  const task = waiting.shift()
  if (!task) {
    worker?.unref()
    return
  }

  worker ??= startWorker()
  worker.ref()
  const timer = setTimeout(
    () => fail(new RenderError(`No PDF after ${task.timeout} ms`)),
    task.timeout
  )
  running = { task, timer }
  try {
    worker.postMessage({ id: task.id, document: task.document, createdAt: task.createdAt })
  } catch (error) {
    finish((failed) => failed.reject(new RenderError('Not a plain definition', { cause: error })))
  }
}

/** Settles the document in hand and takes the next one. */
function finish(settle: (task: Task) => void): void {
  if (!running) return
  const { task, timer } = running
  clearTimeout(timer)
  running = null
  settle(task)
  next()
}

/** Gives the thread up together with the document in hand. */
function fail(error: Error): void {
  const lost = worker
  worker = null
  lost?.removeAllListeners()
  lost?.on('error', () => {})
  void lost?.terminate()
  finish((task) => task.reject(error))
}

function startWorker(): Worker {
  const here = new URL(import.meta.url)
  const typescript = here.pathname.endsWith('.ts')
  const started = new Worker(new URL(typescript ? './pdf_worker.ts' : './pdf_worker.js', here), {
    // Loaders that the main thread registered by code do not reach a worker.
    execArgv: typescript ? ['--import', import.meta.resolve('@poppinss/ts-exec')] : [],
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
    // The thread has no use for keys and connection strings.
    env: {},
  })
  started.on('message', (reply: RenderReply) => {
    if (reply.id !== running?.task.id) return
    finish((task) => {
      if ('error' in reply) task.reject(new RenderError(reply.error))
      else task.resolve(Buffer.from(reply.bytes.buffer))
    })
  })
  started.on('error', (error) => fail(new RenderError(error.message, { cause: error })))
  started.on('exit', () => fail(new RenderError('The drawing thread ended')))
  return started
}
