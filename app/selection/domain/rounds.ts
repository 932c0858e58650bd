import type { Transitions } from '#shared/transitions'

/** 双向选择 from its preparation to its end. */
export const ROUND_STATES = [
  'preparation',
  'preferences',
  'ranking',
  'matching',
  'publicity',
  'confirmation',
  'arrangement',
  'closed',
] as const
export type RoundState = (typeof ROUND_STATES)[number]

export type RoundVerb =
  | 'edit'
  | 'approve'
  | 'open'
  | 'close_preferences'
  | 'close_ranking'
  | 'take_over'
  | 'publish'
  | 'end_publicity'
  | 'end_confirmation'
  | 'close'

export const ROUND_MOVES: Transitions<RoundState, RoundVerb> = {
  edit: { from: ['preparation'], to: 'preparation' },
  approve: { from: ['preparation'], to: 'preparation' },
  open: { from: ['preparation'], to: 'preferences' },
  close_preferences: { from: ['preferences'], to: 'ranking' },
  close_ranking: { from: ['ranking'], to: 'matching' },
  /** Preferences and scores came on a sheet: both phases were held on paper. */
  take_over: { from: ['preparation'], to: 'matching' },
  publish: { from: ['matching'], to: 'publicity' },
  end_publicity: { from: ['publicity'], to: 'confirmation' },
  end_confirmation: { from: ['confirmation'], to: 'arrangement' },
  close: { from: ['arrangement'], to: 'closed' },
}

/** Whether the round has come to this state or is past it. */
export function hasReached(state: RoundState, wanted: RoundState): boolean {
  return ROUND_STATES.indexOf(state) >= ROUND_STATES.indexOf(wanted)
}

/** Objections are filed while the publicity runs, its last day included (civil dates). */
export function takesObjections(
  round: { state: RoundState; publicityUntil: string | null },
  today: string
): boolean {
  return round.state === 'publicity' && today <= round.publicityUntil!
}

export interface RoundDates {
  state: RoundState
  sealed: boolean
  approved: boolean
  preferencesFrom: string
  preferencesUntil: string
  rankingUntil: string
  publicityUntil: string | null
  confirmationUntil: string | null
}

/**
 * The move that is due on a civil date, and the one only; null: nothing is, or a person decides
 * (publishing, closing). A phase ends with its last day, never early.
 */
export function dueMove(round: RoundDates, today: string): RoundVerb | null {
  switch (round.state) {
    case 'preparation':
      return round.sealed && round.approved && today >= round.preferencesFrom ? 'open' : null
    case 'preferences':
      return today > round.preferencesUntil ? 'close_preferences' : null
    case 'ranking':
      return today > round.rankingUntil ? 'close_ranking' : null
    case 'publicity':
      return round.publicityUntil !== null && today > round.publicityUntil ? 'end_publicity' : null
    case 'confirmation':
      return round.confirmationUntil !== null && today > round.confirmationUntil
        ? 'end_confirmation'
        : null
    default:
      return null
  }
}

/** The last day of the phase that is on, null when it has none. */
export function deadlineOf(round: RoundDates): string | null {
  const days: Partial<Record<RoundState, string | null>> = {
    preferences: round.preferencesUntil,
    ranking: round.rankingUntil,
    publicity: round.publicityUntil,
    confirmation: round.confirmationUntil,
  }
  return days[round.state] ?? null
}

/** Keys that may part people of one score, in the order of the round; then the lot decides. */
export const TIE_KEYS = ['hired_on', 'work_started_on'] as const
export type TieKey = (typeof TIE_KEYS)[number]
