import type { Transitions } from '#shared/transitions'

export type DecisionState = 'open' | 'proposed' | 'decided' | 'replaced'
export type DecisionVerb = 'propose' | 'return' | 'decide'

/** `replaced` is reached only through the decision of a replacement, never by a button. */
export const DECISION_MOVES: Transitions<DecisionState, DecisionVerb> = {
  propose: { from: ['open'], to: 'proposed' },
  return: { from: ['proposed'], to: 'open' },
  decide: { from: ['proposed'], to: 'decided' },
}
