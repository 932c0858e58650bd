import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { dbChecksPort } from '#shared/ports/db_checks'
import { importsPort } from '#shared/ports/imports'
import { inboxPort } from '#shared/ports/inbox'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { itemHoldings, supportHoldings } from './dissolution.js'
import { milestonesDefinition } from './imports/milestones_definition.js'
import { DAILY_JOB, HOUR, programmeDaily } from './jobs/daily.js'
import { checkProgramme } from './queries/programme_checks.js'
import { programmeInbox } from './queries/programme_inbox.js'
import { searchItems } from './queries/programme_search.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerProgramme() {
  importsPort.register(milestonesDefinition)
  inboxPort.register(programmeInbox)
  searchPort.register(searchItems)
  dbChecksPort.register('programme', checkProgramme)
  unitDissolvedPort.register(itemHoldings)
  unitDissolvedPort.register(supportHoldings)
  registerJob(DAILY_JOB, programmeDaily)
  scheduleJob(DAILY_JOB, HOUR)
}
