import type { Transitions } from '#shared/transitions'

export const RECRUITMENT_STATES = [
  'draft',
  'submitted',
  'returned',
  'approved',
  'open',
  'review',
  'tests',
  'checks',
  'publicity',
  'hiring',
  'closed',
  'cancelled',
] as const
export type RecruitmentState = (typeof RECRUITMENT_STATES)[number]
export type RecruitmentVerb =
  | 'submit'
  | 'return'
  | 'approve'
  | 'publish'
  | 'review'
  | 'test'
  | 'choose'
  | 'announce'
  | 'engage'
  | 'close'
  | 'cancel'

/** 公开招聘: plan → notice and applications → qualification → tests → checks → publicity → hiring. */
export const RECRUITMENT_MOVES: Transitions<RecruitmentState, RecruitmentVerb> = {
  submit: { from: ['draft', 'returned'], to: 'submitted' },
  return: { from: ['submitted'], to: 'returned' },
  approve: { from: ['submitted'], to: 'approved' },
  publish: { from: ['approved'], to: 'open' },
  review: { from: ['open'], to: 'review' },
  test: { from: ['review'], to: 'tests' },
  choose: { from: ['tests'], to: 'checks' },
  // Again for those who came in by backfill after the first one.
  announce: { from: ['checks', 'hiring'], to: 'publicity' },
  engage: { from: ['publicity'], to: 'hiring' },
  close: { from: ['hiring'], to: 'closed' },
  cancel: {
    from: ['draft', 'submitted', 'returned', 'approved', 'open', 'review', 'tests', 'checks'],
    to: 'cancelled',
  },
}

/** From handing in to closing a plan holds the places for which it looks for people. */
export const SEEKING: readonly RecruitmentState[] = RECRUITMENT_STATES.filter(
  (state) => !['draft', 'returned', 'closed', 'cancelled'].includes(state)
)

/** The steps of the line on the page, and the states that belong to each. */
export const RECRUITMENT_STEPS = [
  { name: 'plan', states: ['draft', 'returned', 'submitted', 'approved'] },
  { name: 'applications', states: ['open'] },
  { name: 'review', states: ['review'] },
  { name: 'tests', states: ['tests'] },
  { name: 'checks', states: ['checks'] },
  { name: 'publicity', states: ['publicity'] },
  { name: 'hiring', states: ['hiring', 'closed'] },
] as const satisfies readonly { name: string; states: readonly RecruitmentState[] }[]

export const APPLICATION_STATES = [
  'submitted',
  'qualified',
  'rejected',
  'withdrawn',
  'candidate',
  'passed',
  'dropped',
  'hired',
  'unsuccessful',
] as const
export type ApplicationState = (typeof APPLICATION_STATES)[number]
export type ApplicationVerb =
  'qualify' | 'reject' | 'withdraw' | 'choose' | 'pass' | 'drop' | 'hire' | 'leave_out'

export const APPLICATION_MOVES: Transitions<ApplicationState, ApplicationVerb> = {
  qualify: { from: ['submitted', 'rejected'], to: 'qualified' },
  reject: { from: ['submitted', 'qualified'], to: 'rejected' },
  withdraw: { from: ['submitted', 'qualified'], to: 'withdrawn' },
  choose: { from: ['qualified'], to: 'candidate' },
  pass: { from: ['candidate'], to: 'passed' },
  drop: { from: ['candidate', 'passed'], to: 'dropped' },
  hire: { from: ['passed'], to: 'hired' },
  leave_out: { from: ['submitted', 'qualified'], to: 'unsuccessful' },
}

/** States in which a candidate holds one of the places. */
export const HOLDING: readonly ApplicationState[] = ['candidate', 'passed', 'hired']
