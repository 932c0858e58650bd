export interface JobProgress {
  done: number
  total: number
  note?: string
}

/** What a running job sees. `progress` is written in its own short transaction. */
export interface JobContext<Payload = any> {
  id: number
  key: string
  payload: Payload
  createdBy: number | null
  progress(progress: JobProgress): Promise<void>
}

/** A handler must be able to run again from the start: every effect has a unique business key. */
export type JobHandler<Payload = any> = (job: JobContext<Payload>) => Promise<unknown>

const handlers = new Map<string, JobHandler>()
const schedules: Array<{ kind: string; everySeconds: number }> = []

export function registerJob<Payload>(kind: string, handler: JobHandler<Payload>) {
  handlers.set(kind, handler as JobHandler)
}

export function jobHandler(kind: string): JobHandler | undefined {
  return handlers.get(kind)
}

/** A job that comes back: one run a period, held by its unique key, after any stop at most one catch-up. */
export function scheduleJob(kind: string, everySeconds: number) {
  schedules.push({ kind, everySeconds })
}

export function jobSchedules() {
  return schedules
}
