import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { dbChecksPort } from '#shared/ports/db_checks'
import { factsPort } from '#shared/ports/facts'
import { importsPort } from '#shared/ports/imports'
import { inboxPort } from '#shared/ports/inbox'
import { personReferencesPort } from '#shared/ports/person_references'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { partHoldings, seatHoldings } from './dissolution.js'
import { governanceDefinition } from './imports/definition.js'
import {
  runSupervision,
  SUPERVISION_EVERY_SECONDS,
  SUPERVISION_JOB,
} from './jobs/run_supervision.js'
import { governanceFacts } from './queries/facts.js'
import { checkOrders, checkTasks } from './queries/governance_checks.js'
import { governanceInbox } from './queries/governance_inbox.js'
import { searchGovernance } from './queries/governance_search.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerGovernance() {
  importsPort.register(governanceDefinition)
  registerJob(SUPERVISION_JOB, () => runSupervision())
  scheduleJob(SUPERVISION_JOB, SUPERVISION_EVERY_SECONDS)
  inboxPort.register(governanceInbox)
  searchPort.register(searchGovernance)
  factsPort.register(...governanceFacts)
  dbChecksPort.register('tasks', checkTasks)
  dbChecksPort.register('supervision orders', checkOrders)
  unitDissolvedPort.register(partHoldings)
  unitDissolvedPort.register(seatHoldings)
  personReferencesPort.register(
    { table: 'post_holders', column: 'person_id' },
    { table: 'meeting_seats', column: 'person_id' },
    { table: 'supervision_notices', column: 'person_id' }
  )
}
