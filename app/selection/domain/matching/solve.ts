import { decidedByLot, reasons } from './explain.js'
import { Market } from './market.js'
import type { Assignments, Matching, MatchingInstance, Reason } from './types.js'

export type * from './types.js'
export { MatchingError } from './types.js'

/**
 * Applicant-proposing deferred acceptance (Gale and Shapley 1962; for caps over several posts
 * Abraham, Irving and Manlove 2007). In the order after the tie rule the result is stable, the best
 * stable result for every applicant at once, and nobody gains by another list than the true one.
 * It does not depend on the order of the input. MatchingError names what cannot be read.
 */
export function solveMatching(instance: MatchingInstance): Matching {
  const market = new Market(instance)
  const given = propose(market)
  const { applicants, posts } = instance

  const assignments: Assignments = Object.create(null)
  const unplaced: string[] = []
  for (let person = 0; person < market.people; person++) {
    const slot = given[person]
    if (slot === market.firstSlot[person + 1]) unplaced.push(applicants[person].id)
    else assignments[applicants[person].id] = posts[market.postOf[slot]].id
  }
  const unmetMinimums = posts.flatMap(({ id, minimum = 0 }, post) => {
    const placed = market.posts.admitted[post]
    return placed < minimum ? [{ post: id, minimum, placed }] : []
  })
  let told: Record<string, Reason> | undefined
  return {
    assignments,
    unplaced: unplaced.sort(),
    ignored: market.ignored,
    unmetMinimums,
    decidedByLot: decidedByLot(market, given),
    get reasons() {
      return (told ??= reasons(market, given))
    },
  }
}

/** The slot that each person is given; behind the person's last slot: unplaced. */
function propose(market: Market): Int32Array {
  const { firstSlot, postOf, groupOf, posts, groups } = market
  const at = firstSlot.slice(0, market.people)

  const admits = (slot: number): boolean => {
    const rank = market.rankOf(slot)
    if (rank < 0) return false
    const post = postOf[slot]
    const group = groupOf[post]
    if (group >= 0 && !groups.admits(group, market.groupRankOf(slot))) return false
    return posts.admits(post, rank)
  }
  /** Seats somebody who is admitted; answers who loses a place by it, −1 for nobody. */
  const seat = (slot: number): number => {
    const post = postOf[slot]
    const group = groupOf[post]
    posts.hold(post, market.rankOf(slot))
    if (group >= 0) groups.hold(group, market.groupRankOf(slot))
    let loser = -1
    if (posts.isOver(post)) loser = posts.personAt(posts.lastAdmitted(post))
    else if (group >= 0 && groups.isOver(group)) loser = groups.personAt(groups.lastAdmitted(group))
    if (loser < 0) return loser
    const lost = at[loser]++
    posts.release(postOf[lost], market.rankOf(lost))
    if (group >= 0) groups.release(group, market.groupRankOf(lost))
    return loser
  }

  for (let start = 0; start < market.people; start++) {
    let person = start
    while (person >= 0) {
      const slot = at[person]
      if (slot === firstSlot[person + 1]) break
      if (admits(slot)) person = seat(slot)
      else at[person]++
    }
  }
  return at
}
