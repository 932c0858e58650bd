import { createHash } from 'node:crypto'
import type { Market } from './market.js'
import {
  fail,
  type Assignments,
  type BlockingPair,
  type MatchingCheck,
  type Violation,
} from './types.js'

const NOBODY = -1
/** The tier of who is not ranked: behind everybody who is. */
const BEHIND_ALL = 2_147_483_647

/** A result in numbers, and what of it has no number. */
interface Given {
  /** Per person; negative: none. */
  placeOf: Int32Array
  /** By person. */
  unknownPosts: Map<number, string>
  /** People who are not in the instance; they are numbered behind those who are. */
  strangers: BlockingPair[]
}

/**
 * Checks any result, however it came about, against the definition of stability; shares no code
 * with the solver, only the instance as it was read. A pair blocks when the person prefers the post
 * to what was given and the post has room or prefers the person to somebody who sits there; for a
 * post of a group, room is wanted in both, and who sits in the group already needs room in the post
 * only. With `tieBreak` ties are broken first, without it a tie blocks nothing (weak stability).
 *
 * `result`: the names of posts by those of people, or per person the number of the post, negative
 * for none.
 */
export function checkMatching(market: Market, result: Assignments | Int32Array): MatchingCheck {
  if (typeof result !== 'object' || result === null) fail('check', 'is not an object')
  const given = result instanceof Int32Array ? numbers(result) : numbered(market, result)
  const isBefore = comparer(market, given.strangers)
  const posts = new Caps(market.capacityOf.posts, isBefore)
  const groups = new Caps(market.capacityOf.groups, isBefore)
  const { ends, violations } = seat(market, given, posts, groups)
  const blockingPairs = blocking(market, given.placeOf, ends, posts, groups)
  for (const group of groups.broken()) {
    const post = market.nameOfGroup(group)
    violations.push({ kind: 'group_over_capacity', applicant: '', post })
  }
  for (const post of posts.broken()) {
    violations.push({ kind: 'over_capacity', applicant: '', post: market.nameOfPost(post) })
  }
  return {
    stable: blockingPairs.length === 0 && violations.length === 0,
    blockingPairs: blockingPairs.sort(byApplicantThenPost),
    violations: violations.sort(byApplicantThenPost),
  }
}

function numbers(placeOf: Int32Array): Given {
  return { placeOf, unknownPosts: new Map(), strangers: [] }
}

function numbered(market: Market, assignments: Assignments): Given {
  const given = numbers(new Int32Array(market.people).fill(NOBODY))
  for (const [applicant, post] of Object.entries(assignments)) {
    const person = market.personCalled(applicant)
    if (person < 0 && post !== null) given.strangers.push({ applicant, post })
    if (person < 0 || typeof post !== 'string') continue
    given.placeOf[person] = market.postCalled(post)
    if (given.placeOf[person] < 0) given.unknownPosts.set(person, post)
  }
  return given
}

type IsBefore = (tier: number, person: number, otherTier: number, other: number) => boolean

/** Who sits under each cap: how many, and the last of them. */
class Caps {
  private readonly taken: Int32Array
  private readonly tier: Int32Array
  private readonly person: Int32Array

  constructor(
    private readonly capacity: Int32Array,
    private readonly isBefore: IsBefore
  ) {
    this.taken = new Int32Array(capacity.length)
    this.tier = new Int32Array(capacity.length)
    this.person = new Int32Array(capacity.length).fill(NOBODY)
  }

  seat(cap: number, tier: number, person: number) {
    const last = this.person[cap]
    if (this.taken[cap]++ > 0 && !this.isBefore(this.tier[cap], last, tier, person)) return
    this.tier[cap] = tier
    this.person[cap] = person
  }

  isFull(cap: number): boolean {
    return this.taken[cap] >= this.capacity[cap]
  }

  /** Whether somebody sits there behind this one. */
  prefers(cap: number, tier: number, person: number): boolean {
    return this.taken[cap] > 0 && this.isBefore(tier, person, this.tier[cap], this.person[cap])
  }

  broken(): number[] {
    return [...this.capacity.keys()].filter((cap) => this.taken[cap] > this.capacity[cap])
  }
}

/**
 * Seats everybody, and notes what cannot be at all; `ends` is per person the slot behind the last
 * one that the person prefers to what was given.
 */
function seat(market: Market, given: Given, posts: Caps, groups: Caps) {
  const { people, firstSlot, postOf, tierOf, groupOf } = market
  const { placeOf, unknownPosts, strangers } = given
  const violations: Violation[] = []
  const ends = new Int32Array(people)
  const outsiders: { person: number; applicant: string; post: number }[] = []
  const sit = (post: number, tier: number, person: number) => {
    posts.seat(post, tier, person)
    if (groupOf[post] >= 0) groups.seat(groupOf[post], tier, person)
  }
  for (let person = 0; person < people; person++) {
    const place = placeOf[person]
    const behind = firstSlot[person + 1]
    const unknown = place < 0 ? unknownPosts.get(person) : undefined
    let slot = place < 0 && unknown === undefined ? behind : firstSlot[person]
    if (place >= 0) while (slot < behind && postOf[slot] !== place) slot++
    if (unknown !== undefined) while (slot < behind && market.nameAt(slot) !== unknown) slot++
    ends[person] = slot
    if (place >= 0 && slot < behind && tierOf[slot] >= 0) {
      sit(place, tierOf[slot], person)
      continue
    }
    if (place < 0 && unknown === undefined) continue
    const applicant = market.nameOfPerson(person)
    const post = unknown ?? market.nameOfPost(place)
    if (unknown !== undefined) violations.push({ kind: 'unknown_post', applicant, post })
    else if (slot === behind) violations.push({ kind: 'not_listed', applicant, post })
    if (place >= 0) outsiders.push({ person, applicant, post: place })
  }
  strangers.forEach(({ applicant, post }, at) => {
    violations.push({ kind: 'unknown_applicant', applicant, post })
    const place = typeof post === 'string' ? market.postCalled(post) : NOBODY
    if (place >= 0) outsiders.push({ person: people + at, applicant, post: place })
  })
  const tiers = outsidersTiers(market, outsiders)
  outsiders.forEach(({ person, applicant, post }, at) => {
    sit(post, tiers[at] ?? BEHIND_ALL, person)
    if (tiers[at] !== undefined || person >= people) return
    violations.push({ kind: 'not_ranked', applicant, post: market.nameOfPost(post) })
  })
  return { ends, violations }
}

/** Where the ranking has those who did not list the post; it is read once for all of them. */
function outsidersTiers(
  market: Market,
  outsiders: readonly { applicant: string; post: number }[]
): (number | undefined)[] {
  const read = new Map<number, Map<string, number>>()
  return outsiders.map(({ applicant, post }) => {
    const group = market.groupOf[post]
    const key = group < 0 ? post : market.posts + group
    const tiers = read.get(key) ?? new Map<string, number>()
    if (!read.has(key)) {
      for (const [tier, entry] of market.rankingOf(post).entries()) {
        for (const name of typeof entry === 'string' ? [entry] : entry) {
          if (!tiers.has(name)) tiers.set(name, tier)
        }
      }
      read.set(key, tiers)
    }
    return tiers.get(applicant)
  })
}

function blocking(
  market: Market,
  placeOf: Int32Array,
  ends: Int32Array,
  posts: Caps,
  groups: Caps
): BlockingPair[] {
  const { people, firstSlot, postOf, tierOf, groupOf } = market
  const pairs: BlockingPair[] = []
  for (let person = 0; person < people; person++) {
    const groupNow = placeOf[person] < 0 ? NOBODY : groupOf[placeOf[person]]
    for (let slot = firstSlot[person]; slot < ends[person]; slot++) {
      const tier = tierOf[slot]
      if (tier < 0) continue
      const post = postOf[slot]
      const group = groupOf[post]
      let takes = true
      if (posts.isFull(post)) takes = posts.prefers(post, tier, person)
      else if (group >= 0 && group !== groupNow && groups.isFull(group)) {
        takes = groups.prefers(group, tier, person)
      }
      if (!takes) continue
      pairs.push({ applicant: market.nameOfPerson(person), post: market.nameOfPost(post) })
    }
  }
  return pairs
}

function comparer(market: Market, strangers: readonly BlockingPair[]): IsBefore {
  const { people, tieBreak } = market
  const places = new Map<string, number>()
  for (const name of tieBreak?.order ?? []) if (!places.has(name)) places.set(name, places.size)
  const nameOf = (person: number) =>
    person < people ? market.nameOfPerson(person) : strangers[person - people].applicant
  const digest = (name: string) =>
    createHash('sha256')
      .update(`${tieBreak?.seed ?? ''}\n${name}`, 'utf8')
      .digest()
  return (tier, person, otherTier, other) => {
    if (tier !== otherTier) return tier < otherTier
    if (!tieBreak || person === other) return false
    const [one, two] = [nameOf(person), nameOf(other)]
    const first = places.get(one) ?? places.size
    const second = places.get(two) ?? places.size
    return first === second ? digest(one).compare(digest(two)) < 0 : first < second
  }
}

function byApplicantThenPost(one: BlockingPair | Violation, other: BlockingPair | Violation) {
  return compare(one.applicant, other.applicant) || compare(one.post, other.post)
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
