import { parentPort } from 'node:worker_threads'
import type { Answered, Asked } from './asked_thread.js'

/** Makes this thread the one that an AskedThread asks; bytes named by `given` are handed over, not copied. */
export function answer<Task, Answer>(
  work: (task: Task) => Answer,
  given: (answer: Answer) => Uint8Array<ArrayBuffer>[] = () => []
): void {
  parentPort!.on('message', ({ id, task }: Asked<Task>) => {
    const done = work(task)
    const bytes = given(done).map(({ buffer }) => buffer)
    parentPort!.postMessage({ id, answer: done } satisfies Answered<Answer>, bytes)
  })
}
