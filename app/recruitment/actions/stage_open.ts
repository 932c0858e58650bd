import type { Stage } from '../domain/sheets.js'
import type { RecruitmentRow } from '../queries/recruitments.js'
import { refuse } from './log.js'

/**
 * Scores are entered while the tests run, and never into a stage that is closed; an interview's only
 * when it is certain who was called to it.
 */
export function assertOpen(plan: RecruitmentRow, stage: Stage) {
  if (plan.state !== 'tests') refuse('no_tests_now')
  if (stage === 'interview' && !plan.writtenClosedAt) refuse('written_first')
  const closed = stage === 'written' ? plan.writtenClosedAt : plan.interviewClosedAt
  if (closed) refuse('stage_closed')
}

/** Who examines is settled from the review on, until the interview is closed. */
export function assertPanelOpen(plan: RecruitmentRow) {
  if (plan.state !== 'review' && plan.state !== 'tests') refuse('no_tests_now')
  if (plan.interviewClosedAt) refuse('stage_closed')
}
