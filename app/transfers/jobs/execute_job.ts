import db from '@adonisjs/lucid/services/db'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { enqueue, type EnqueueInput } from '#shared/jobs/queue'
import type { JobContext } from '#shared/jobs/registry'
import { executeBatch } from '../actions/execute_batch.js'
import { batchById } from '../queries/batches.js'

export const EXECUTE_JOB = 'transfers.execute'
export const DUE_JOB = 'transfers.due'
export const DUE_EVERY_SECONDS = 300

/** The job that executes a scheduled batch: one for each time that it was scheduled. */
export function executionJob(batch: { id: number; version: number }): EnqueueInput {
  return {
    kind: EXECUTE_JOB,
    key: `${EXECUTE_JOB}:${batch.id}:${batch.version}`,
    payload: { batchId: batch.id },
  }
}

/** Executes one batch; a second run, or one that lost against a hand, finds it executed. */
export async function runExecution(job: JobContext<{ batchId: number }>) {
  const { batchId } = job.payload
  try {
    return await executeBatch({ batchId }, Actor.system())
  } catch (error) {
    const batch = await batchById(batchId)
    if (batch.state !== 'executed') throw error
    return { executed: false, certificateId: batch.certificateId }
  }
}

/** Queues the execution of every batch whose date has come. */
export async function runDue(): Promise<{ queued: number }> {
  const due = await db
    .from('transfer_batches')
    .where('state', 'scheduled')
    .where('effective_on', '<=', clock.today())
    .orderBy('id')
    .select('id', 'version')
  let queued = 0
  for (const row of due) {
    const job = executionJob({ id: Number(row.id), version: Number(row.version) })
    if (await inTransaction((trx) => enqueue(trx, job))) queued += 1
  }
  return { queued }
}
