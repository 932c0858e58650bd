import type { Rating } from './codes.js'

export const PROPOSAL_KINDS = [
  'step_up',
  'no_step',
  'pay_full',
  'pay_reduced',
  'grade_down',
] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

/** What the rating of a year leads to for establishment staff (art. 28–31). */
export function consequencesOf(rating: Rating): ProposalKind[] {
  switch (rating) {
    case 'excellent':
    case 'qualified':
      return ['step_up', 'pay_full']
    case 'basically_qualified':
    case 'undetermined':
      return ['no_step', 'pay_reduced']
    case 'unqualified':
      return ['no_step', 'pay_reduced', 'grade_down']
  }
}
