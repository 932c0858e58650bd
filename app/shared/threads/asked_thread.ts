import { Worker } from 'node:worker_threads'

export type Asked<Task> = { id: number; task: Task }
export type Answered<Answer> = { id: number; answer: Answer }
type Waiting<Answer> = { resolve: (answer: Answer) => void; reject: (error: Error) => void }

/**
 * A thread of its own that is asked and answers, in order, so that whoever has thousands of rows
 * can store meanwhile. It begins with the first question, knows what it is handed and nothing else,
 * keeps no process alive while nobody waits, and begins anew after a failure. `source` is its entry:
 * the URL of a TypeScript file that calls `answer()` of `answer.ts`.
 */
export class AskedThread<Task, Answer> {
  #worker: Worker | null = null
  #lastId = 0
  readonly #waiting = new Map<number, Waiting<Answer>>()

  constructor(private readonly source: URL) {}

  ask(task: Task): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      this.#waiting.set(id, { resolve, reject })
      this.#worker ??= this.#start()
      this.#worker.ref()
      this.#worker.postMessage({ id, task } satisfies Asked<Task>)
    })
  }

  #start(): Worker {
    // sources run through the TypeScript loader, the build holds plain JavaScript in their place
    const fromSource = import.meta.filename.endsWith('.ts')
    const entry = fromSource ? this.source : new URL(this.source.href.replace(/\.ts$/, '.js'))
    const started = new Worker(entry, {
      execArgv: fromSource ? ['--import', import.meta.resolve('@poppinss/ts-exec')] : [],
      env: {},
    })
    started.on('message', ({ id, answer }: Answered<Answer>) => {
      this.#waiting.get(id)?.resolve(answer)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) started.unref()
    })
    started.on('error', (error) => this.#fail(started, error as Error))
    started.on('exit', () => this.#fail(started, new Error('the thread ended')))
    return started
  }

  /** A thread that fails ends a moment later, when another one may be asked already. */
  #fail(worker: Worker, error: Error) {
    if (this.#worker !== worker) return
    this.#worker = null
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
