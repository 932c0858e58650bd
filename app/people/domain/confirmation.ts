export type Confirmation = 'pending' | 'confirmed' | 'objected'

/**
 * The person's own word on the record. A correction or an answer of HR asks anew (`ask`); who
 * objected may still confirm, who confirmed may still object.
 */
export const CONFIRMATION_MOVES = {
  confirm: { from: ['pending', 'objected'], to: 'confirmed' },
  object: { from: ['pending', 'confirmed', 'objected'], to: 'objected' },
  answer: { from: ['objected'], to: 'pending' },
} as const satisfies Record<string, { from: readonly Confirmation[]; to: Confirmation }>

export type ConfirmationMove = keyof typeof CONFIRMATION_MOVES

/** True when the record's state allows the move. */
export function mayMove(state: Confirmation, move: ConfirmationMove): boolean {
  return (CONFIRMATION_MOVES[move].from as readonly Confirmation[]).includes(state)
}
