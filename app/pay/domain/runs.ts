import type { Transitions } from '#shared/transitions'

export const RUN_KINDS = ['monthly', 'incentive', 'year_end', 'correction'] as const
export type RunKind = (typeof RUN_KINDS)[number]

/** Runs that go by pay items; an incentive run shares out its pool, a correction pays differences. */
export const ITEM_RUN_KINDS = ['monthly', 'year_end'] as const

export const RUN_STATES = [
  'draft',
  'computed',
  'checked',
  'approved',
  'released',
  'paid',
  'returned',
  'cancelled',
] as const
export type RunState = (typeof RUN_STATES)[number]
export type RunVerb =
  'compute' | 'edit' | 'check' | 'approve' | 'release' | 'pay' | 'return' | 'cancel'

/** Computing again replaces what was not yet checked; after release there are only differences. */
export const RUN_MOVES: Transitions<RunState, RunVerb> = {
  compute: { from: ['draft', 'computed', 'returned'], to: 'computed' },
  edit: { from: ['computed', 'returned'], to: 'draft' },
  check: { from: ['computed'], to: 'checked' },
  approve: { from: ['checked'], to: 'approved' },
  release: { from: ['approved'], to: 'released' },
  pay: { from: ['released'], to: 'paid' },
  return: { from: ['checked', 'approved'], to: 'returned' },
  cancel: { from: ['draft', 'computed', 'returned'], to: 'cancelled' },
}

/** Approved and later: it draws on its allotment and is not computed any more unless returned. */
export const SETTLED: readonly RunState[] = ['approved', 'released', 'paid']

/** States in which the income counts for the tax of the year and the slip is shown to its owner. */
export const RELEASED: readonly RunState[] = ['released', 'paid']

/** A month that was released: what changes in it now is a difference in a later run. */
export function isSettledRun({ kind, state }: { kind: RunKind; state: RunState }): boolean {
  return kind === 'monthly' && RELEASED.includes(state)
}

/** Released, or never to be: nothing stops its release any more. */
export function isEndedRun({ state }: { state: RunState }): boolean {
  return RELEASED.includes(state) || state === 'cancelled'
}

/** Why reform discipline never stops a run: what is drawn from approved totals, and corrections. */
export function allowedAs(kind: RunKind): 'regular_pay' | 'correction' | null {
  if (kind === 'correction') return 'correction'
  return kind === 'year_end' ? null : 'regular_pay'
}

/** Classes that are paid here; company employees are outside. */
export const PAY_CLASSES = ['establishment', 'contract'] as const
export type PayClass = (typeof PAY_CLASSES)[number]

export const TOTAL_PARTS = ['basic', 'incentive'] as const
export type TotalPart = (typeof TOTAL_PARTS)[number]

/** What a kind of run may draw on, what it draws on by itself first; a correction by its allotment. */
export function partsOf(kind: RunKind): readonly TotalPart[] {
  if (kind === 'correction') return ['basic', 'incentive']
  return kind === 'monthly' ? ['basic'] : ['incentive']
}

export type PaperVerb = 'approve' | 'return'
/** A version of a total, an allotment, a difference: prepared by one, decided by another. */
export const PAPER_MOVES: Transitions<string, PaperVerb> = {
  approve: { from: ['submitted'], to: 'approved' },
  return: { from: ['submitted'], to: 'returned' },
}
export const ALLOTMENT_MOVES: Transitions<string, 'release' | 'return'> = {
  release: { from: ['submitted'], to: 'released' },
  return: { from: ['submitted'], to: 'returned' },
}

export const PAYMENTS = ['none', 'paid', 'returned', 'repaid'] as const
export type Payment = (typeof PAYMENTS)[number]
/** What the bank says of one person's transfer. */
export const PAYMENT_MOVES: Record<'return' | 'repay', { from: Payment; to: Payment }> = {
  return: { from: 'paid', to: 'returned' },
  repay: { from: 'returned', to: 'repaid' },
}

/** Months of which a run is the only one of its kind for each of its people. */
export function monthsTaken(run: { kind: RunKind; monthFrom: string; monthTo: string }): string[] {
  return run.kind === 'monthly' || run.kind === 'incentive'
    ? monthsOf(run.monthFrom, run.monthTo)
    : []
}

/** Months from one `YYYY-MM` to another, both included. */
export function monthsOf(from: string, to: string): string[] {
  const months: string[] = []
  let [year, month] = from.split('-').map(Number)
  for (;;) {
    const name = `${year}-${String(month).padStart(2, '0')}`
    if (name > to) return months
    months.push(name)
    if (month === 12) [year, month] = [year + 1, 1]
    else month += 1
  }
}
