import type { Transitions } from '#shared/transitions'

export const WARNING_STATES = ['open', 'cleared', 'referred', 'gone'] as const
export type WarningState = (typeof WARNING_STATES)[number]
export type WarningVerb = 'clear' | 'refer'

/** `gone` is reached when a correction takes its reason away, and left when it comes back. */
export const WARNING_MOVES: Transitions<WarningState, WarningVerb> = {
  clear: { from: ['open'], to: 'cleared' },
  refer: { from: ['open'], to: 'referred' },
}
