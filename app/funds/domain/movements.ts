import type { Transitions } from '#shared/transitions'

/** The way of special funds (专项资金): 预算 → 下达 → 合同 → 支付. */
export const MOVEMENT_KINDS = ['budget', 'release', 'commitment', 'payment'] as const
export type MovementKind = (typeof MOVEMENT_KINDS)[number]

export const MOVEMENT_STATES = ['submitted', 'returned', 'posted', 'withdrawn'] as const
export type MovementState = (typeof MOVEMENT_STATES)[number]
export type MovementVerb = 'post' | 'return' | 'withdraw' | 'resubmit'

export const MOVEMENT_MOVES: Transitions<MovementState, MovementVerb> = {
  post: { from: ['submitted'], to: 'posted' },
  return: { from: ['submitted'], to: 'returned' },
  withdraw: { from: ['submitted', 'returned'], to: 'withdrawn' },
  resubmit: { from: ['returned'], to: 'submitted' },
}

/** Column of `fund_lines` that a kind moves. */
export const FIGURE_OF = {
  budget: 'budget_fen',
  release: 'released_fen',
  commitment: 'committed_fen',
  payment: 'paid_fen',
} as const satisfies Record<MovementKind, string>

/** All in fen. */
export interface LineFigures {
  budget: number
  released: number
  committed: number
  paid: number
}

/** What each kind may still take, in fen: it lies between the step before it and the one after. */
export function roomOf(figures: LineFigures): Record<MovementKind, number | null> {
  return {
    budget: null,
    release: figures.budget - figures.released,
    commitment: figures.released - figures.committed,
    payment: figures.committed - figures.paid,
  }
}

/** What each kind may give back, in fen: no more than what the next step has not yet used. */
export function returnableOf(figures: LineFigures): Record<MovementKind, number> {
  return {
    budget: figures.budget - figures.released,
    release: figures.released - figures.committed,
    commitment: figures.committed - figures.paid,
    payment: figures.paid,
  }
}
