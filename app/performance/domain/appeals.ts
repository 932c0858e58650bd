import type { Transitions } from '#shared/transitions'

export const APPEAL_STATES = ['submitted', 'upheld', 'rejected', 'withdrawn'] as const
export type AppealState = (typeof APPEAL_STATES)[number]
export type AppealVerb = 'uphold' | 'reject' | 'withdraw'

export const APPEAL_MOVES: Transitions<AppealState, AppealVerb> = {
  uphold: { from: ['submitted'], to: 'upheld' },
  reject: { from: ['submitted'], to: 'rejected' },
  withdraw: { from: ['submitted'], to: 'withdrawn' },
}
