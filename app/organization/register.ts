import { decisionSubjects } from '#decisions/subjects'
import { registerJob, scheduleJob } from '#shared/jobs/registry'
import { dbChecksPort } from '#shared/ports/db_checks'
import { factsPort } from '#shared/ports/facts'
import { inboxPort } from '#shared/ports/inbox'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { childUnits, exceptionHoldings, requestHoldings } from './actions/unit_holdings.js'
import { registerOrganizationImports } from './imports/register.js'
import { organizationDaily } from './jobs/daily.js'
import { unitChangesDone } from './queries/changes_fact.js'
import { organizationInbox } from './queries/organization_inbox.js'
import { checkBalances, checkMovements, checkPeople } from './queries/quota_checks.js'
import { searchUnits } from './queries/unit_search.js'
import { unitSubjects } from './queries/unit_subjects.js'

const SIX_HOURS = 6 * 3_600

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerOrganization() {
  registerOrganizationImports()
  decisionSubjects.register('unit', unitSubjects)
  inboxPort.register(organizationInbox)
  searchPort.register(searchUnits)
  factsPort.register(unitChangesDone)
  registerJob('organization.daily', () => organizationDaily())
  scheduleJob('organization.daily', SIX_HOURS)
  unitDissolvedPort.register(requestHoldings)
  unitDissolvedPort.register(exceptionHoldings)
  unitDissolvedPort.register(childUnits)
  dbChecksPort.register('quota balances', checkBalances)
  dbChecksPort.register('quota movements', checkMovements)
  dbChecksPort.register('quota and people', checkPeople)
}
