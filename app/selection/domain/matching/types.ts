export interface MatchingApplicant {
  id: string
  /** Posts, the best first. */
  preferences: readonly string[]
}

/** People, the best first; an inner list is a tie. */
export type Ranking = readonly (string | readonly string[])[]

export interface MatchingPost {
  id: string
  capacity: number
  /** Only reported when it is not met; default 0. */
  minimum?: number
  /** Its own; a post of a group has none and goes by the group's. */
  ranking?: Ranking
  group?: string
}

/** A unit whose cap lies over several posts, which all go by its ranking. */
export interface MatchingGroup {
  id: string
  capacity: number
  ranking: Ranking
}

/** Ties: who is named in `order`, in that order; then by ascending SHA-256 of seed, newline, id. */
export interface TieBreak {
  order?: readonly string[]
  seed?: string
}

export interface MatchingInstance {
  applicants: readonly MatchingApplicant[]
  posts: readonly MatchingPost[]
  groups?: readonly MatchingGroup[]
  tieBreak?: TieBreak
}

/** Who is placed, and where. */
export type Assignments = Record<string, string>

export interface IgnoredPreference {
  applicant: string
  post: string
  reason: 'unknown_post' | 'not_ranked' | 'repeated'
}

export interface UnmetMinimum {
  post: string
  minimum: number
  placed: number
}

/** Why a preference that stood before the result was not given. */
export interface Refusal {
  /** Its number on the person's list, from 1. */
  preference: number
  post: string
  /** Which cap was full, with its places. */
  cap: 'post' | 'group'
  places: number
  /** The last person admitted there; null where there are no places. */
  lastAdmitted: string | null
  /** What parted the two: the ranking itself, or in a tie the published order or the lot. */
  partedBy: 'ranking' | 'order' | 'lot'
}

export interface Reason {
  /** The number of the preference that was given, from 1; null: unplaced. */
  preference: number | null
  post: string | null
  refused: Refusal[]
}

export interface Matching {
  /** The result in numbers: the post of each person, −1 for unplaced. */
  places(): Int32Array
  /** By name; written out when it is first read. */
  readonly assignments: Assignments
  unplaced: string[]
  ignored: IgnoredPreference[]
  unmetMinimums: UnmetMinimum[]
  /** In a tie at the last place of a post or group, parted by the lot alone: both sides. */
  decidedByLot: string[]
  /** By person; worked out when it is first read. */
  readonly reasons: Record<string, Reason>
}

export interface BlockingPair {
  applicant: string
  post: string
}

export interface Violation {
  kind:
    | 'over_capacity'
    | 'group_over_capacity'
    | 'unknown_applicant'
    | 'unknown_post'
    | 'not_listed'
    | 'not_ranked'
  /** Empty for a cap that is broken. */
  applicant: string
  /** The group, where the cap is the group's. */
  post: string
}

export interface MatchingCheck {
  /** Nobody blocks and nothing is violated. */
  stable: boolean
  blockingPairs: BlockingPair[]
  violations: Violation[]
}

/** An instance that cannot be solved at all; the message names the place. */
export class MatchingError extends Error {}

/** Stops at what came from outside and cannot be read; names its place. */
export function fail(place: string, what: string): never {
  throw new MatchingError(place ? `${place}: ${what}` : what)
}
