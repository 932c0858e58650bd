import { Heaps } from './heaps.js'
import { Lot } from './lot.js'
import type { Market } from './market.js'

/** What the solver knows in the end: which preference each person was given, and who came last where. */
export interface Admission {
  market: Market
  lot: Lot
  /** Per person the slot that was given; behind the person's last slot: unplaced. */
  given: Int32Array
  posts: Heaps
  groups: Heaps
  /** Per group: how many sit there. */
  inGroup: Int32Array
}

/**
 * Applicant-proposing deferred acceptance: everybody asks down the own list, each post keeps the
 * best it can hold, and who loses a place asks on. Posts of a group go by the group's ranking, so
 * the last of the group is also the last at a post of it.
 */
export function admit(market: Market): Admission {
  const { people, firstSlot, postOf, tierOf, groupOf, listedBy, capacityOf } = market
  const lot = new Lot(market)
  const posts = new Heaps(
    listedBy.map((listed, post) => Math.min(listed, capacityOf.posts[post] + 1)),
    lot
  )
  const listedIn = new Int32Array(market.groups)
  groupOf.forEach((group, post) => group >= 0 && (listedIn[group] += listedBy[post]))
  const groups = new Heaps(listedIn, lot)
  const inGroup = new Int32Array(market.groups)
  const given = firstSlot.slice(0, people)

  const isSeated = new Uint8Array(people)

  /** Forgets on top of a group who has left it by losing a place at a post. */
  const clear = (group: number) => {
    while (groups.size[group] > 0) {
      const person = groups.lastPerson(group)
      if (isSeated[person] && groupOf[postOf[given[person]]] === group) return
      groups.drop(group)
    }
  }
  const admits = (person: number, slot: number): boolean => {
    const tier = tierOf[slot]
    if (tier < 0) return false
    const post = postOf[slot]
    const group = groupOf[post]
    if (group >= 0 && inGroup[group] >= capacityOf.groups[group]) {
      clear(group)
      if (!groups.isBeforeLast(group, tier, person)) return false
    }
    return posts.size[post] < capacityOf.posts[post] || posts.isBeforeLast(post, tier, person)
  }
  /**
   * Seats somebody who is admitted, by which a full group was cleared; answers who loses a place by
   * it, −1 for nobody.
   */
  const seat = (person: number, slot: number): number => {
    const post = postOf[slot]
    const group = groupOf[post]
    isSeated[person] = 1
    posts.add(post, tierOf[slot], person)
    if (group >= 0) {
      groups.add(group, tierOf[slot], person)
      inGroup[group]++
    }
    let loser = -1
    if (posts.size[post] > capacityOf.posts[post]) {
      loser = posts.lastPerson(post)
      posts.drop(post)
    } else if (group >= 0 && inGroup[group] > capacityOf.groups[group]) {
      loser = groups.lastPerson(group)
      groups.drop(group)
      posts.drop(postOf[given[loser]])
    }
    if (loser >= 0) {
      isSeated[loser] = 0
      given[loser]++
      if (group >= 0) inGroup[group]--
    }
    return loser
  }

  let asking = Int32Array.from({ length: people }, (_, person) => person)
  while (asking.length > 0) {
    const losers: number[] = []
    for (const person of asking) {
      const end = firstSlot[person + 1]
      while (given[person] < end && !admits(person, given[person])) given[person]++
      if (given[person] === end) continue
      const loser = seat(person, given[person])
      if (loser >= 0) losers.push(loser)
    }
    // In the order of the memory, which makes no difference to the result.
    asking = Int32Array.from(losers).sort()
  }
  for (let group = 0; group < market.groups; group++) clear(group)
  return { market, lot, given, posts, groups, inGroup }
}
