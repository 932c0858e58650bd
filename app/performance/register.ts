import { decisionEffects } from '#decisions/effects'
import { decisionSubjects } from '#decisions/subjects'
import { dbChecksPort } from '#shared/ports/db_checks'
import { factsPort } from '#shared/ports/facts'
import { inboxPort } from '#shared/ports/inbox'
import { importsPort } from '#shared/ports/imports'
import { personReferencesPort } from '#shared/ports/person_references'
import { searchPort } from '#shared/ports/search'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { cycleHoldings } from './dissolution.js'
import { resultsDefinition } from './imports/results_definition.js'
import { settleResult } from './imports/settle_result.js'
import { closedFact, schemesFact } from './queries/performance_facts.js'
import { performanceInbox } from './queries/performance_inbox.js'
import { searchPerformance } from './queries/performance_search.js'
import { cardSubjects } from './queries/card_subjects.js'
import { checkPlaces, checkPoints, checkScores } from './queries/performance_checks.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerPerformance() {
  importsPort.register(resultsDefinition)
  inboxPort.register(performanceInbox)
  searchPort.register(searchPerformance)
  factsPort.register(schemesFact, closedFact)
  unitDissolvedPort.register(cycleHoldings)
  decisionSubjects.register('scorecard', cardSubjects)
  decisionEffects.register('scorecard', settleResult)
  personReferencesPort.register(
    { table: 'scorecards', column: 'person_id' },
    { table: 'work_points', column: 'person_id' }
  )
  dbChecksPort.register('excellent places', checkPlaces)
  dbChecksPort.register('review scores', checkScores)
  dbChecksPort.register('work points', checkPoints)
}
