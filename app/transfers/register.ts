import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { casesPort } from '#shared/ports/cases'
import { dbChecksPort } from '#shared/ports/db_checks'
import { factsPort } from '#shared/ports/facts'
import { importsPort } from '#shared/ports/imports'
import { inboxPort } from '#shared/ports/inbox'
import { personReferencesPort } from '#shared/ports/person_references'
import { placesAlone } from '#shared/ports/announced_places'
import { postClaimsPort } from '#shared/ports/post_claims'
import { recordSourcesPort } from '#shared/ports/record_sources'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { openBatchesOfUnit } from './dissolution.js'
import { linesDefinition } from './imports/lines_definition.js'
import {
  DUE_EVERY_SECONDS,
  DUE_JOB,
  EXECUTE_JOB,
  runDue,
  runExecution,
} from './jobs/execute_job.js'
import { drawPaper } from './jobs/paper_job.js'
import { PAPER_JOB } from './queries/stored_papers.js'
import { batchUnderWayOf } from './queries/batches.js'
import { transferFacts } from './queries/facts.js'
import { claimedByOthers } from './queries/posts.js'
import { batchCases } from './queries/batch_cases.js'
import { batchSource } from './queries/record_source.js'
import { checkTransfers } from './queries/transfer_checks.js'
import { transferInbox } from './queries/transfer_inbox.js'
import { searchBatches } from './queries/transfer_search.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerTransfers() {
  registerJob(EXECUTE_JOB, runExecution)
  registerJob(DUE_JOB, runDue)
  registerJob(PAPER_JOB, drawPaper)
  scheduleJob(DUE_JOB, DUE_EVERY_SECONDS)

  importsPort.register(linesDefinition)
  factsPort.register(...transferFacts)
  casesPort.register(batchCases)
  inboxPort.register(transferInbox)
  postClaimsPort.register(async (postIds, trx) =>
    placesAlone(await claimedByOthers(postIds, null, trx, true))
  )
  recordSourcesPort.register(batchSource)
  searchPort.register(searchBatches)
  dbChecksPort.register('transfers', checkTransfers)
  unitDissolvedPort.register(openBatchesOfUnit)
  personReferencesPort.register({
    table: 'transfer_lines',
    column: 'person_id',
    fixedBy: batchUnderWayOf,
  })
}
