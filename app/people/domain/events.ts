import type { Transitions } from '#shared/transitions'

/** 人员异动 */
export const EVENT_KINDS = [
  'hire',
  'retire',
  'resign',
  'dismiss',
  'death',
  'transfer_out',
  'secondment',
  'long_leave',
  'return',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export const EVENT_STATES = [
  'draft',
  'submitted',
  'approved',
  'done',
  'returned',
  'withdrawn',
] as const
export type EventState = (typeof EVENT_STATES)[number]

export type EventVerb = 'submit' | 'approve' | 'return' | 'withdraw' | 'execute'

/** Approved waits for its date; done is done, and only another event changes what it did. */
export const EVENT_TRANSITIONS: Transitions<EventState, EventVerb> = {
  submit: { from: ['draft', 'returned'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  return: { from: ['submitted', 'approved'], to: 'returned' },
  withdraw: { from: ['draft', 'returned', 'submitted', 'approved'], to: 'withdrawn' },
  execute: { from: ['approved'], to: 'done' },
}

/** Kinds that end the person's service in the unit. */
export const LEAVING = ['retire', 'resign', 'dismiss', 'death', 'transfer_out'] as const

export function isLeaving(kind: EventKind): boolean {
  return (LEAVING as readonly EventKind[]).includes(kind)
}

/** 事由 of a long leave. */
export const LEAVE_TYPES = ['maternity', 'sick', 'study', 'personal'] as const
export type LeaveType = (typeof LEAVE_TYPES)[number]
/** 依据 of a dismissal. */
export const DISMISSAL_BASES = ['discipline', 'court', 'contract'] as const
export type DismissalBasis = (typeof DISMISSAL_BASES)[number]

/**
 * As what reform discipline never stops it: retirement, death, resignation, dismissal by discipline
 * or by a court, maternity and sick leave, and coming back. Null: it may be forbidden for now.
 */
export function allowedAs(
  kind: EventKind,
  details: { leaveType?: LeaveType | null; basis?: DismissalBasis | null }
): string | null {
  switch (kind) {
    case 'retire':
    case 'death':
    case 'resign':
    case 'return':
      return kind
    case 'dismiss':
      if (details.basis === 'court') return 'court_order'
      return details.basis === 'discipline' ? 'dismissal' : null
    case 'long_leave':
      return details.leaveType === 'maternity' || details.leaveType === 'sick'
        ? details.leaveType
        : null
    default:
      return null
  }
}
