import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { dbChecksPort } from '#shared/ports/db_checks'
import { inboxPort } from '#shared/ports/inbox'
import { personReferencesPort } from '#shared/ports/person_references'
import { requestClaimsPort } from '#shared/ports/request_claims'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { decisionSubjects } from '#decisions/subjects'
import {
  eventHoldings,
  plannedSecondmentHoldings,
  secondmentHoldings,
} from './actions/unit_holdings.js'
import { registerPeopleImports } from './imports/register.js'
import { runDueEvents } from './jobs/due_events.js'
import { hiresOfRequest } from './queries/approved_hires.js'
import { checkChains, checkOverlaps, checkSealed } from './queries/people_checks.js'
import { peopleInbox } from './queries/people_inbox.js'
import { searchPeople } from './queries/person_search.js'
import { personSubjects } from './queries/person_subjects.js'

const HOUR = 3_600

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerPeople() {
  registerPeopleImports()
  inboxPort.register(peopleInbox)
  searchPort.register(searchPeople)
  decisionSubjects.register('person', personSubjects)
  registerJob('people.due_events', () => runDueEvents())
  scheduleJob('people.due_events', HOUR)
  personReferencesPort.register(
    { table: 'assignments', column: 'person_id' },
    { table: 'personnel_events', column: 'person_id' },
    { table: 'person_revisions', column: 'person_id' }
  )
  requestClaimsPort.register(async (request, trx) =>
    (await hiresOfRequest(trx, request)).map(({ number }) => number)
  )
  unitDissolvedPort.register(eventHoldings)
  unitDissolvedPort.register(plannedSecondmentHoldings)
  unitDissolvedPort.register(secondmentHoldings)
  dbChecksPort.register('assignments', checkOverlaps)
  dbChecksPort.register('replaced assignments', checkChains)
  dbChecksPort.register('sealed numbers', checkSealed)
}
