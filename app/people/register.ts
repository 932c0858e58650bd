import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { dbChecksPort } from '#shared/ports/db_checks'
import { inboxPort } from '#shared/ports/inbox'
import { personReferencesPort } from '#shared/ports/person_references'
import { searchPort } from '#shared/ports/search'
import { registerPeopleImports } from './imports/register.js'
import { runDueEvents } from './jobs/due_events.js'
import { checkOverlaps, checkSealed } from './queries/people_checks.js'
import { peopleInbox } from './queries/people_inbox.js'
import { searchPeople } from './queries/person_search.js'

const HOUR = 3_600

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerPeople() {
  registerPeopleImports()
  inboxPort.register(peopleInbox)
  searchPort.register(searchPeople)
  registerJob('people.due_events', () => runDueEvents())
  scheduleJob('people.due_events', HOUR)
  personReferencesPort.register(
    { table: 'assignments', column: 'person_id' },
    { table: 'personnel_events', column: 'person_id' },
    { table: 'person_revisions', column: 'person_id' }
  )
  dbChecksPort.register('assignments', checkOverlaps)
  dbChecksPort.register('sealed numbers', checkSealed)
}
