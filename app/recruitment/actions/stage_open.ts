import type { Stage } from '../domain/sheets.js'
import type { RecruitmentRow } from '../queries/recruitments.js'
import { refuse } from './log.js'

/** Scores are entered while the tests run, and never into a stage that is closed. */
export function assertOpen(plan: RecruitmentRow, stage: Stage) {
  if (plan.state !== 'tests' && !(stage === 'interview' && plan.state === 'review')) {
    refuse('no_tests_now')
  }
  const closed = stage === 'written' ? plan.writtenClosedAt : plan.interviewClosedAt
  if (closed) refuse('stage_closed')
}
