import { decisionEffects } from '#decisions/effects'
import { decisionSubjects } from '#decisions/subjects'
import { dbChecksPort } from '#shared/ports/db_checks'
import { importsPort } from '#shared/ports/imports'
import { personReferencesPort } from '#shared/ports/person_references'
import { resultsDefinition } from './imports/results_definition.js'
import { settleResult } from './imports/settle_result.js'
import { cardSubjects } from './queries/card_subjects.js'
import { checkPlaces, checkPoints, checkScores } from './queries/performance_checks.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerPerformance() {
  importsPort.register(resultsDefinition)
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
