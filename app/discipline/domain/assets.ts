import type { Transitions } from '#shared/transitions'

/** 资产类别 */
export const ASSET_CATEGORIES = [
  'building',
  'broadcast',
  'office',
  'vehicle',
  'furniture',
  'intangible',
  'other',
] as const
export type AssetCategory = (typeof ASSET_CATEGORIES)[number]

/** 用途 */
export const PURPOSES = [
  'editorial',
  'broadcast',
  'office',
  'commercial',
  'rented',
  'idle',
] as const
export type Purpose = (typeof PURPOSES)[number]

/** 使用状况 */
export const CONDITIONS = ['good', 'repair', 'idle', 'scrap'] as const
export type Condition = (typeof CONDITIONS)[number]

export const COUNT_STATES = ['open', 'submitted', 'returned', 'confirmed', 'withdrawn'] as const
export type CountState = (typeof COUNT_STATES)[number]
export type CountVerb = 'submit' | 'return' | 'confirm' | 'withdraw'

/** Who counts does not confirm. */
export const COUNT_MOVES: Transitions<CountState, CountVerb> = {
  submit: { from: ['open', 'returned'], to: 'submitted' },
  return: { from: ['submitted'], to: 'returned' },
  confirm: { from: ['submitted'], to: 'confirmed' },
  withdraw: { from: ['open', 'returned', 'submitted'], to: 'withdrawn' },
}

export const COUNT_RESULTS = ['todo', 'found', 'missing', 'surplus'] as const
export type CountResult = (typeof COUNT_RESULTS)[number]

/** What a count sheet says of an asset beside whether it is there. */
export const COUNTED = ['place', 'custodian', 'purpose', 'condition'] as const
export type Counted = (typeof COUNTED)[number]
export type CountedFacts = Record<Counted, string | null>

/** What differs from the book: 盘亏, 盘盈, or the facts that are other than written. */
export function differencesOf(line: {
  result: CountResult
  book: CountedFacts
  counted: CountedFacts
}): string[] {
  if (line.result === 'missing' || line.result === 'surplus') return [line.result]
  if (line.result === 'todo') return []
  return COUNTED.filter((name) => (line.book[name] ?? '') !== (line.counted[name] ?? ''))
}

export const DIVESTITURE_STATES = [
  'draft',
  'submitted',
  'returned',
  'approved',
  'executed',
  'withdrawn',
] as const
export type DivestitureState = (typeof DIVESTITURE_STATES)[number]
export type DivestitureVerb = 'submit' | 'approve' | 'return' | 'withdraw' | 'execute'

export const DIVESTITURE_MOVES: Transitions<DivestitureState, DivestitureVerb> = {
  submit: { from: ['draft', 'returned'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  return: { from: ['submitted', 'approved'], to: 'returned' },
  withdraw: { from: ['draft', 'submitted', 'returned', 'approved'], to: 'withdrawn' },
  execute: { from: ['approved'], to: 'executed' },
}

export const SIDES = ['centre', 'company'] as const
export type Side = (typeof SIDES)[number]

/** 经营性资产 go to the company, everything else to the centre; a person may say otherwise. */
export function proposedSide(purpose: Purpose): Side {
  return purpose === 'commercial' || purpose === 'rented' ? 'company' : 'centre'
}
