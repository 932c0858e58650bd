import type { Transitions } from '#shared/transitions'

export const EVIDENCE_STATES = ['submitted', 'accepted', 'returned', 'withdrawn', 'lapsed'] as const
export type EvidenceState = (typeof EVIDENCE_STATES)[number]
export type EvidenceVerb = 'accept' | 'return' | 'withdraw' | 'lapse'
export type EvidenceSource = 'report' | 'fact' | 'tasks'

/** `lapse` is the records' own: what they once said they say no more. */
export const EVIDENCE_MOVES: Transitions<EvidenceState, EvidenceVerb> = {
  accept: { from: ['submitted'], to: 'accepted' },
  return: { from: ['submitted'], to: 'returned' },
  withdraw: { from: ['submitted'], to: 'withdrawn' },
  lapse: { from: ['submitted', 'accepted'], to: 'lapsed' },
}
