import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { affected, afterCommit, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { jobHandler, jobSchedules, type JobContext } from './registry.js'

const LEASE_SECONDS = 60
const MAX_OPEN_JOBS = 1_000
const WORKER_ID = randomUUID()

export interface EnqueueInput {
  kind: string
  /** Unique business key: the same work is queued once. */
  key: string
  payload?: unknown
  createdBy?: number | null
  runAfter?: string
  maxAttempts?: number
}

let wake: () => void = () => {}

/**
 * Puts a job in the queue inside the caller's transaction: it exists exactly when the action does.
 * Returns false when a job with this key exists already. Throws when the queue is full.
 */
export async function enqueue(trx: Trx, input: EnqueueInput): Promise<boolean> {
  const [{ open }] = await trx
    .from('jobs')
    .whereIn('state', ['queued', 'running'])
    .count('* as open')
  if (Number(open) >= MAX_OPEN_JOBS) throw new DomainError('shared.errors.queue_full')
  const known = await trx.from('jobs').where('job_key', input.key).first()
  if (known) return false
  const now = clock.now()
  await trx.table('jobs').insert({
    kind: input.kind,
    job_key: input.key,
    payload: JSON.stringify(input.payload ?? {}),
    state: 'queued',
    attempts: 0,
    max_attempts: input.maxAttempts ?? 5,
    run_after: input.runAfter ?? now,
    created_by: input.createdBy ?? null,
    created_at: now,
  })
  afterCommit(trx, () => wake())
  return true
}

/** Claims and runs at most one due job. Returns false when nothing was due. */
export async function workOnce(): Promise<boolean> {
  const now = clock.now()
  const due = await db
    .from('jobs')
    .where((query) =>
      query
        .where((queued) => queued.where('state', 'queued').where('run_after', '<=', now))
        .orWhere((lost) => lost.where('state', 'running').where('leased_until', '<', now))
    )
    .orderBy('id')
    .first()
  if (!due) return false
  const claimed = await db
    .from('jobs')
    .where({ id: due.id, state: due.state, attempts: due.attempts })
    .update({
      state: 'running',
      attempts: due.attempts + 1,
      leased_by: WORKER_ID,
      leased_until: clock.in(LEASE_SECONDS),
      started_at: now,
    })
  if (affected(claimed)) await run({ ...due, attempts: due.attempts + 1 })
  return true
}

async function run(row: any) {
  const heartbeat = setInterval(
    () => {
      void mine(row.id)
        .update({ leased_until: clock.in(LEASE_SECONDS) })
        .catch(() => {})
    },
    (LEASE_SECONDS * 1000) / 3
  )
  try {
    const handler = jobHandler(row.kind)
    if (!handler) throw new Error(`no handler for job ${row.kind}`)
    const result = await handler(contextOf(row))
    await mine(row.id).update({
      state: 'done',
      result: JSON.stringify(result ?? null),
      finished_at: clock.now(),
      leased_until: null,
    })
  } catch (error) {
    await failed(row, error)
  } finally {
    clearInterval(heartbeat)
  }
}

function contextOf(row: any): JobContext {
  return {
    id: Number(row.id),
    key: row.job_key,
    payload: JSON.parse(row.payload),
    createdBy: row.created_by,
    progress: async ({ done, total, note }) => {
      await mine(row.id).update({
        progress_done: done,
        progress_total: total,
        progress_note: note ?? null,
        leased_until: clock.in(LEASE_SECONDS),
      })
    },
  }
}

/** An expected refusal ends the job at once; anything else is tried again, later each time. */
async function failed(row: any, error: any) {
  const final = error instanceof DomainError || row.attempts >= row.max_attempts
  const expected = error instanceof DomainError
  await mine(row.id)
    .update({
      state: final ? 'failed' : 'queued',
      run_after: clock.in(2 ** row.attempts),
      leased_until: null,
      error: JSON.stringify(
        expected
          ? { key: error.key, params: error.params }
          : {
              key: 'shared.errors.job_failed',
              params: { reason: String(error?.code ?? error?.name) },
            }
      ),
      finished_at: final ? clock.now() : null,
    })
    .catch(() => {})
  if (!expected) {
    const { default: logger } = await import('@adonisjs/core/services/logger')
    logger.error({ err: error, job: row.kind, jobId: row.id }, 'job failed')
  }
}

function mine(id: number) {
  return db.from('jobs').where({ id, leased_by: WORKER_ID })
}

/** Runs everything that is due now: tests and commands. */
export async function drainJobs(limit = 1_000) {
  for (let count = 0; count < limit && (await workOnce()); count++);
}

/** Queues the scheduled jobs of this period; the key holds them to one a period on any number of instances. */
export async function enqueueScheduled() {
  for (const { kind, everySeconds } of jobSchedules()) {
    const period = Math.floor(clock.epoch() / 1000 / everySeconds)
    try {
      await db.table('jobs').insert({
        kind,
        job_key: `${kind}:${everySeconds}:${period}`,
        payload: '{}',
        state: 'queued',
        attempts: 0,
        max_attempts: 3,
        run_after: clock.now(),
        created_at: clock.now(),
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
    }
  }
}

/** Takes back at start-up what a killed process left running; only where one process owns the database. */
export async function releaseLostJobs() {
  await db
    .from('jobs')
    .where('state', 'running')
    .update({ leased_until: clock.in(-1) })
}

/** The worker loop; returns a stop function that waits for the running job. */
export function startWorker(idleMs = 1_000): () => Promise<void> {
  let stopped = false
  let resolveSleep: () => void = () => {}
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      resolveSleep = resolve
      setTimeout(resolve, ms).unref()
    })
  wake = () => resolveSleep()
  const loop = (async () => {
    let lastSchedule = 0
    while (!stopped) {
      try {
        if (Date.now() - lastSchedule > 30_000) {
          await enqueueScheduled()
          lastSchedule = Date.now()
        }
        if (!(await workOnce())) await sleep(idleMs)
      } catch {
        await sleep(idleMs * 5)
      }
    }
  })()
  return async () => {
    stopped = true
    resolveSleep()
    await loop
  }
}
