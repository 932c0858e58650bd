import { decisionEffects } from '#decisions/effects'
import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { dbChecksPort } from '#shared/ports/db_checks'
import { importsPort } from '#shared/ports/imports'
import { inboxPort } from '#shared/ports/inbox'
import { personReferencesPort } from '#shared/ports/person_references'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { wageFactsPort } from '#shared/ports/wage_facts'
import { computeRun } from './actions/compute_run.js'
import { openRunsOfUnit } from './dissolution.js'
import { payTablesDefinition } from './imports/tables_definition.js'
import { settleWageBase, wageBaseDefinition } from './imports/wage_base_definition.js'
import { CHANGES_JOB, countChanges } from './jobs/count_changes.js'
import { DEPARTMENT_PDF_JOB, drawDepartments } from './jobs/department_slips.js'
import { checkAllotments, checkRuns } from './queries/pay_checks.js'
import { payInbox } from './queries/pay_inbox.js'
import { searchPay } from './queries/pay_search.js'
import { COMPUTE_JOB } from './queries/run_progress.js'
import { wageFacts } from './queries/wage_facts.js'

const SIX_HOURS = 21_600

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerPay() {
  importsPort.register(payTablesDefinition)
  importsPort.register(wageBaseDefinition)
  decisionEffects.register('wage_base', settleWageBase)
  registerJob<{ runId: number; computeNo: number }>(COMPUTE_JOB, ({ payload, progress }) =>
    computeRun(payload, progress)
  )
  registerJob(DEPARTMENT_PDF_JOB, drawDepartments)
  registerJob(CHANGES_JOB, () => countChanges())
  scheduleJob(CHANGES_JOB, SIX_HOURS)
  inboxPort.register(payInbox)
  searchPort.register(searchPay)
  dbChecksPort.register('pay allotments', checkAllotments)
  dbChecksPort.register('pay runs', checkRuns)
  unitDissolvedPort.register(openRunsOfUnit)
  wageFactsPort.register(wageFacts)
  for (const table of [
    'wage_bases',
    'pay_slips',
    'pay_months',
    'pay_differences',
    'pay_leader_amounts',
    'pay_kept_shares',
  ]) {
    personReferencesPort.register({ table, column: 'person_id' })
  }
}
