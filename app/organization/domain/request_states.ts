import type { Transitions } from '#shared/transitions'

export const REQUEST_STATES = [
  'draft',
  'submitted',
  'approved',
  'returned',
  'withdrawn',
  'filled',
  'released',
  'expired',
] as const
export type RequestState = (typeof REQUEST_STATES)[number]
export type RequestVerb =
  'submit' | 'approve' | 'return' | 'withdraw' | 'release' | 'expire' | 'fill'

/** 用编申请. From `submitted` until it leaves the flow the seats are reserved. */
export const REQUEST_MOVES: Transitions<RequestState, RequestVerb> = {
  submit: { from: ['draft', 'returned'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  return: { from: ['submitted'], to: 'returned' },
  withdraw: { from: ['draft', 'submitted', 'returned'], to: 'withdrawn' },
  release: { from: ['approved'], to: 'released' },
  expire: { from: ['submitted', 'approved'], to: 'expired' },
  fill: { from: ['approved'], to: 'filled' },
}

/** States in which the request holds seats. */
export const RESERVING: readonly RequestState[] = ['submitted', 'approved']
