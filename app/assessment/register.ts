import { dbChecksPort } from '#shared/ports/db_checks'
import { inboxPort } from '#shared/ports/inbox'
import { searchPort } from '#shared/ports/search'
import { checkScores } from './queries/assessment_checks.js'
import { assessmentInbox } from './queries/assessment_inbox.js'
import { searchAssessments } from './queries/assessment_search.js'

/** Registers at the ports of `shared` what other modules may ask of this one. */
export function registerAssessment() {
  inboxPort.register(assessmentInbox)
  searchPort.register(searchAssessments)
  dbChecksPort.register('assessment scores', checkScores)
}
