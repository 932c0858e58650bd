import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { dbChecksPort } from '#shared/ports/db_checks'
import { personReferencesPort } from '#shared/ports/person_references'
import {
  DUE_EVERY_SECONDS,
  DUE_JOB,
  EXECUTE_JOB,
  runDue,
  runExecution,
} from './jobs/execute_job.js'
import { checkTransfers } from './queries/transfer_checks.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerTransfers() {
  registerJob(EXECUTE_JOB, runExecution)
  registerJob(DUE_JOB, runDue)
  scheduleJob(DUE_JOB, DUE_EVERY_SECONDS)
  dbChecksPort.register('transfers', checkTransfers)
  personReferencesPort.register({ table: 'transfer_lines', column: 'person_id' })
}
