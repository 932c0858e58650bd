import db from '@adonisjs/lucid/services/db'
import type { BatchRow } from './batches.js'

export const PAPER_JOB = 'transfers.paper'

/** Key of the job that draws one paper of a batch as it is in this version. */
export function paperKey(batch: Pick<BatchRow, 'id' | 'version'>, paper: string): string {
  return `${PAPER_JOB}:${batch.id}:${batch.version}:${paper}`
}

/** Jobs that draw papers of the batch in its present version, by the paper's name. */
export async function paperJobs(batch: BatchRow): Promise<Map<string, any>> {
  const prefix = paperKey(batch, '')
  const rows = await db.from('jobs').where('job_key', 'like', `${prefix}%`)
  return new Map(rows.map((row) => [row.job_key.slice(prefix.length), row]))
}

/** The stored file of a drawn paper; null: not drawn, or gone. */
export async function storedPaper(batch: BatchRow, paper: string) {
  const job = await db.from('jobs').where('job_key', paperKey(batch, paper)).first()
  if (job?.state !== 'done') return null
  const { fileId } = JSON.parse(job.result) as { fileId: number }
  return db.from('files').where({ id: fileId, subject_type: 'transfer_batch' }).first()
}
