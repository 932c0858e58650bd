import type { Transitions } from '#shared/transitions'

export const STATES = [
  'draft',
  'checked',
  'submitted',
  'approved',
  'scheduled',
  'executed',
  'returned',
  'withdrawn',
] as const
export type BatchState = (typeof STATES)[number]

export type BatchVerb =
  'check' | 'edit' | 'submit' | 'sign' | 'approve' | 'schedule' | 'return' | 'withdraw' | 'execute'

/**
 * The life of a batch. `sign` is every approval but the last; `approve` is the last one and
 * `schedule` follows it in the same transaction, so that `approved` is never met at rest.
 */
export const TRANSITIONS: Transitions<BatchState, BatchVerb> = {
  edit: { from: ['draft', 'checked', 'returned'], to: 'draft' },
  check: { from: ['draft', 'checked', 'returned'], to: 'checked' },
  submit: { from: ['checked'], to: 'submitted' },
  sign: { from: ['submitted'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  schedule: { from: ['approved'], to: 'scheduled' },
  return: { from: ['submitted', 'scheduled'], to: 'returned' },
  withdraw: {
    from: ['draft', 'checked', 'submitted', 'scheduled', 'returned'],
    to: 'withdrawn',
  },
  execute: { from: ['scheduled'], to: 'executed' },
}

/** States in which the preparer may still change lines and heading. */
export const EDITABLE: readonly BatchState[] = TRANSITIONS.edit.from

/** States in which the batch holds claims and reservations. */
export const UNDER_WAY: readonly BatchState[] = ['submitted', 'approved', 'scheduled']
