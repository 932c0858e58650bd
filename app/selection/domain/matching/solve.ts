import { admit } from './admission.js'
import { decidedByLot, reasons } from './explain.js'
import type { Market } from './market.js'
import type { Assignments, IgnoredPreference, Matching, Reason } from './types.js'

export type * from './types.js'
export { MatchingError } from './types.js'

/**
 * Applicant-proposing deferred acceptance (Gale and Shapley 1962; for caps over several posts
 * Abraham, Irving and Manlove 2007). In the order after the tie rule the result is stable, the best
 * stable result for every applicant at once, and nobody gains by another list than the true one.
 * It does not depend on the order of the input. Names are written out when they are first read.
 */
export function solveMatching(market: Market): Matching {
  const admission = admit(market)
  const { given, posts } = admission
  const { firstSlot, postOf, minimumOf } = market
  const placeOf = given.map((slot, person) => (slot < firstSlot[person + 1] ? postOf[slot] : -1))
  const unplaced: string[] = []
  placeOf.forEach((post, person) => post < 0 && unplaced.push(market.nameOfPerson(person)))
  const unmetMinimums = minimumOf.flatMap((minimum, post) => {
    const placed = posts.size[post]
    return placed < minimum ? [{ post: market.nameOfPost(post), minimum, placed }] : []
  })
  let assignments: Assignments | undefined
  let told: Record<string, Reason> | undefined
  return {
    places: () => placeOf,
    get assignments() {
      return (assignments ??= assignmentsOf(market, placeOf))
    },
    unplaced: unplaced.sort(),
    ignored: ignoredOf(market),
    unmetMinimums,
    decidedByLot: decidedByLot(admission),
    get reasons() {
      return (told ??= reasons(admission))
    },
  }
}

function assignmentsOf(market: Market, placeOf: Int32Array): Assignments {
  const assignments: Assignments = Object.create(null)
  placeOf.forEach((post, person) => {
    if (post >= 0) assignments[market.nameOfPerson(person)] = market.nameOfPost(post)
  })
  return assignments
}

function ignoredOf(market: Market): IgnoredPreference[] {
  const { people, firstSlot, postOf, tierOf } = market
  const ignored: IgnoredPreference[] = []
  for (let person = 0; person < people; person++) {
    for (let slot = firstSlot[person]; slot < firstSlot[person + 1]; slot++) {
      if (tierOf[slot] >= 0) continue
      const post = market.nameAt(slot)
      let reason: IgnoredPreference['reason'] = 'not_ranked'
      if (postOf[slot] < 0) reason = market.postCalled(post) < 0 ? 'unknown_post' : 'repeated'
      ignored.push({ applicant: market.nameOfPerson(person), post, reason })
    }
  }
  return ignored
}
