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
  const { people, firstSlot, postOf, tierOf, groupOf, capacityOf } = market
  const lot = new Lot(market)
  const listed = { posts: new Int32Array(market.posts), groups: new Int32Array(market.groups) }
  const slots = postOf.length
  for (let slot = 0; slot < slots; slot++) {
    if (tierOf[slot] < 0) continue
    const post = postOf[slot]
    listed.posts[post]++
    if (groupOf[post] >= 0) listed.groups[groupOf[post]]++
  }
  const posts = new Heaps(
    listed.posts.map((count, post) => Math.min(count, capacityOf.posts[post] + 1)),
    lot
  )
  const groups = new Heaps(listed.groups, lot)
  const inGroup = new Int32Array(market.groups)
  const given = firstSlot.slice(0, people)

  /**
   * Forgets on top of a group who has left it by losing a place at a post. Who asks just now may
   * count as sitting there: the last of all would be refused all the same.
   */
  const clear = (group: number) => {
    while (groups.size[group] > 0) {
      const person = groups.lastPerson(group)
      const slot = given[person]
      if (slot < firstSlot[person + 1] && groupOf[postOf[slot]] === group) return
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
  /** Seats somebody who is admitted; answers who loses a place by it, −1 for nobody. */
  const seat = (person: number, slot: number): number => {
    const post = postOf[slot]
    const group = groupOf[post]
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
      clear(group)
      loser = groups.lastPerson(group)
      groups.drop(group)
      posts.drop(postOf[given[loser]])
    }
    if (loser >= 0) {
      given[loser]++
      if (group >= 0) inGroup[group]--
    }
    return loser
  }

  for (let start = 0; start < people; start++) {
    let person = start
    while (person >= 0) {
      const slot = given[person]
      if (slot === firstSlot[person + 1]) break
      if (admits(person, slot)) person = seat(person, slot)
      else given[person]++
    }
  }
  for (let group = 0; group < market.groups; group++) clear(group)
  return { market, lot, given, posts, groups, inGroup }
}
