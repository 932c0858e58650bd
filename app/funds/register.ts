import { dbChecksPort } from '#shared/ports/db_checks'
import { factsPort } from '#shared/ports/facts'
import { inboxPort } from '#shared/ports/inbox'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { fundHoldings, projectHoldings } from './dissolution.js'
import { checkContracts, checkLines } from './queries/fund_checks.js'
import { fundsInbox } from './queries/funds_inbox.js'
import { searchFunds } from './queries/funds_search.js'
import { projectsAccepted } from './queries/projects_fact.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerFunds() {
  inboxPort.register(fundsInbox)
  searchPort.register(searchFunds)
  factsPort.register(projectsAccepted)
  dbChecksPort.register('fund lines', checkLines)
  dbChecksPort.register('fund contracts', checkContracts)
  unitDissolvedPort.register(fundHoldings)
  unitDissolvedPort.register(projectHoldings)
}
