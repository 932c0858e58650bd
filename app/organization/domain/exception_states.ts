import type { Transitions } from '#shared/transitions'

export type ExceptionState = 'proposed' | 'approved' | 'refused' | 'ended'
export type ExceptionVerb = 'approve' | 'refuse' | 'end'

/** 超编例外: seats above the quota that a document allows; never without a second person. */
export const EXCEPTION_MOVES: Transitions<ExceptionState, ExceptionVerb> = {
  approve: { from: ['proposed'], to: 'approved' },
  refuse: { from: ['proposed'], to: 'refused' },
  end: { from: ['approved'], to: 'ended' },
}
