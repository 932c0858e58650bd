import type { Transitions } from '#shared/transitions'

export type EndingState = 'asked' | 'approved' | 'refused' | 'done'
export type EndingVerb = 'approve' | 'refuse' | 'serve'

/** An ending from its proposal to the notice that was served. */
export const ENDING_MOVES: Transitions<EndingState, EndingVerb> = {
  approve: { from: ['asked'], to: 'approved' },
  refuse: { from: ['asked'], to: 'refused' },
  serve: { from: ['approved'], to: 'done' },
}
