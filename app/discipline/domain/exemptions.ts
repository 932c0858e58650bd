import type { Transitions } from '#shared/transitions'

/** 豁免 */
export const EXEMPTION_STATES = [
  'submitted',
  'approved',
  'refused',
  'withdrawn',
  'revoked',
] as const
export type ExemptionState = (typeof EXEMPTION_STATES)[number]
export type ExemptionVerb = 'approve' | 'refuse' | 'withdraw' | 'revoke'

export const EXEMPTION_MOVES: Transitions<ExemptionState, ExemptionVerb> = {
  approve: { from: ['submitted'], to: 'approved' },
  refuse: { from: ['submitted'], to: 'refused' },
  withdraw: { from: ['submitted'], to: 'withdrawn' },
  revoke: { from: ['approved'], to: 'revoked' },
}
