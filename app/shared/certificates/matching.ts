import type { Difference } from './difference.js'
import type { FORMAT } from './format.js'

/** What a result of a selection round certifies; its pairs are found by the checker, not the solver. */
export interface MatchingBody {
  round: { number: string; name: string; documentNo: string }
  run: number
  /** first, objection, decline, backfill, exception, placement */
  result: string
  algorithm: string
  /** False: preferences came on a sheet and were not sealed. */
  sealedPreferences: boolean
  /** SHA-256 of the canonical JSON of what was solved. */
  instanceHash: string
  /** Fixed who bears which pseudonym before the seed was drawn. */
  listHash: string
  seed: string
  participants: number
  places: number
  placed: number
  unplaced: number
  decidedByLot: number
  exceptions: number
  blockingPairs: number
  violations: number
  posts: { code: string; name: string; unit: string; capacity: number; placed: number }[]
  auditHead: { seq: number; hash: string }
}

export interface MatchingCertificate {
  format: typeof FORMAT
  kind: 'matching'
  body: MatchingBody
  hash: string
}

/** All but the hash: everybody is placed or not, and no post has more people than places. */
export function matchingDifferences({ body }: MatchingCertificate): Difference[] {
  const sum = (name: 'capacity' | 'placed') =>
    body.posts.reduce((total, post) => total + post[name], 0)
  return [
    ...same('body.participants', body.placed + body.unplaced, body.participants),
    ...same('body.placed', sum('placed'), body.placed),
    ...same('body.places', sum('capacity'), body.places),
    ...body.posts.flatMap(({ capacity, placed }, index) =>
      same(`body.posts[${index}].placed`, Math.min(capacity, placed), placed)
    ),
  ]
}

function same(place: string, expected: number, found: number): Difference[] {
  if (expected === found) return []
  return [{ code: 'sum', place, expected: String(expected), found: String(found) }]
}
