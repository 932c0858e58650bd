import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import { DEPARTMENT_PDF_JOB } from '../jobs/department_slips.js'
import type { RunRow } from './runs.js'

export const COMPUTE_JOB = 'pay.compute'

/** The job that computes the run, or did so last. */
export async function computeJob(run: RunRow) {
  if (run.computeNo === 0) return null
  return db.from('jobs').where('job_key', `${COMPUTE_JOB}:${run.id}:${run.computeNo}`).first()
}

/** The job that draws the slips of its last computation by department. */
export function pdfJob(run: RunRow) {
  const key = `${DEPARTMENT_PDF_JOB}:${run.id}:${run.computedNo}`
  return db.from('jobs').where('job_key', key).first()
}

/** People of its last computation who lack something. */
export async function countMissing(run: RunRow): Promise<number> {
  const [{ count }] = await db
    .from('pay_slips')
    .where({ run_id: run.id, compute_no: run.computedNo ?? -1, state: 'missing' })
    .count('* as count')
  return toInt(count)
}
