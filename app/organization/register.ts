import { decisionSubjects } from '#decisions/subjects'
import { dbChecksPort } from '#shared/ports/db_checks'
import { checkBalances, checkMovements, checkPeople } from './queries/quota_checks.js'
import { unitSubjects } from './queries/unit_subjects.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerOrganization() {
  decisionSubjects.register('unit', unitSubjects)
  dbChecksPort.register('quota balances', checkBalances)
  dbChecksPort.register('quota movements', checkMovements)
  dbChecksPort.register('quota and people', checkPeople)
}
