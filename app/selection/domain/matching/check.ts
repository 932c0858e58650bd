import { createHash } from 'node:crypto'
import {
  MatchingError,
  type Assignments,
  type BlockingPair,
  type MatchingCheck,
  type MatchingInstance,
  type Ranking,
  type TieBreak,
  type Violation,
} from './types.js'

const UNREAD = -1
const UNREAD_SEATED = -2

/** A post as the checker sees it: who sits there, and who would rather sit there. */
interface Seats {
  id: string
  capacity: number
  seated: string[]
  wanting: readonly string[]
}

/** One ranking and the posts that go by it: one post, or those of a group under a cap of its own. */
interface Ranker {
  name: string
  ranking: Ranking
  posts: Seats[]
  /** null: no cap over the posts. */
  group: { id: string; capacity: number } | null
}

/**
 * Checks any result, however it came about, against the definition of stability; shares no code
 * with the solver. A pair blocks when the person prefers the post to what was given and the post
 * has room or prefers the person to somebody who sits there; for a post of a group, room is wanted
 * in both, and who sits in the group already needs room in the post only. With `tieBreak` ties are
 * broken first, without it a tie blocks nothing (weak stability).
 */
export function checkMatching(instance: MatchingInstance, assignments: Assignments): MatchingCheck {
  if (typeof assignments !== 'object' || assignments === null) {
    throw new MatchingError('check: is not an object')
  }
  const { seats, rankers } = readPosts(instance)
  const { violations, strangers, wishes } = seat(instance, assignments, seats)
  const blockingPairs: BlockingPair[] = []
  for (const ranker of rankers) {
    for (const post of ranker.posts) post.wanting = wishes.of(post.id)
    const found = judge(ranker, instance.tieBreak)
    for (const pair of found.blocking) blockingPairs.push(pair)
    for (const one of found.violations) if (!strangers.has(one.applicant)) violations.push(one)
  }
  blockingPairs.sort(byApplicantThenPost)
  violations.sort(byApplicantThenPost)
  return {
    stable: blockingPairs.length === 0 && violations.length === 0,
    blockingPairs,
    violations,
  }
}

function readPosts({ posts, groups = [] }: MatchingInstance) {
  const seats = new Map<string, Seats>()
  const rankers: Ranker[] = []
  const rankerOfGroup = new Map<string, Ranker>()
  for (const { id, capacity, ranking } of groups) {
    const ranker = { name: `group "${id}"`, ranking, posts: [], group: { id, capacity } }
    rankerOfGroup.set(id, ranker)
    rankers.push(ranker)
  }
  for (const { id, capacity, ranking, group } of posts) {
    const post: Seats = { id, capacity, seated: [], wanting: [] }
    if (seats.has(id)) throw new MatchingError(`post "${id}": stands twice`)
    seats.set(id, post)
    if (group === undefined) {
      rankers.push({ name: `post "${id}"`, ranking: ranking ?? [], posts: [post], group: null })
      continue
    }
    const ranker = rankerOfGroup.get(group)
    if (!ranker) throw new MatchingError(`post "${id}": "${group}" is no group`)
    if (ranking) throw new MatchingError(`post "${id}": goes by the ranking of "${group}"`)
    ranker.posts.push(post)
  }
  return { seats, rankers }
}

/** Seats everybody, notes who would rather be where, and what cannot be at all. */
function seat(
  { applicants }: MatchingInstance,
  assignments: Assignments,
  seats: Map<string, Seats>
): { violations: Violation[]; strangers: Set<string>; wishes: Wishes } {
  const violations: Violation[] = []
  const strangers = new Set<string>()
  const known = new Set<string>()
  const wishes = new Wishes(applicants, [...seats.keys()])
  for (const [person, { id, preferences }] of applicants.entries()) {
    known.add(id)
    if (known.size === person) throw new MatchingError(`applicant "${id}": stands twice`)
    const given: unknown = assignments[id]
    let isListed = false
    for (const wish of preferences) {
      isListed = wish === given
      if (isListed) break
      wishes.note(person, wish)
    }
    if (typeof given !== 'string') continue
    const post = seats.get(given)
    if (!post) violations.push({ kind: 'unknown_post', applicant: id, post: given })
    else if (!isListed) violations.push({ kind: 'not_listed', applicant: id, post: given })
    post?.seated.push(id)
  }
  for (const id of Object.keys(assignments)) {
    if (known.has(id) || assignments[id] === null) continue
    strangers.add(id)
    violations.push({ kind: 'unknown_applicant', applicant: id, post: assignments[id] })
    seats.get(assignments[id])?.seated.push(id)
  }
  return { violations, strangers, wishes }
}

/** Who would rather be at which post: noted by person, told by post, each person once. */
class Wishes {
  private readonly numbers: Map<string, number>
  private readonly posts: Int32Array
  private readonly people: Int32Array
  private readonly lastOf: Int32Array
  private readonly counts: Int32Array
  private noted = 0
  private byPost?: { ends: Int32Array; people: Int32Array }

  constructor(
    private readonly applicants: MatchingInstance['applicants'],
    posts: readonly string[]
  ) {
    this.numbers = new Map(posts.map((id, number) => [id, number]))
    let most = 0
    for (const { preferences } of applicants) most += preferences.length
    this.posts = new Int32Array(most)
    this.people = new Int32Array(most)
    this.lastOf = new Int32Array(posts.length).fill(-1)
    this.counts = new Int32Array(posts.length)
  }

  note(person: number, wish: string) {
    const post = this.numbers.get(wish)
    if (post === undefined || this.lastOf[post] === person) return
    this.lastOf[post] = person
    this.counts[post]++
    this.posts[this.noted] = post
    this.people[this.noted++] = person
  }

  of(id: string): string[] {
    const post = this.numbers.get(id)!
    const { ends, people } = (this.byPost ??= this.sorted())
    const ids: string[] = []
    for (let at = ends[post] - this.counts[post]; at < ends[post]; at++) {
      ids.push(this.applicants[people[at]].id)
    }
    return ids
  }

  private sorted() {
    const ends = new Int32Array(this.counts.length)
    for (let post = 1; post < ends.length; post++)
      ends[post] = ends[post - 1] + this.counts[post - 1]
    const people = new Int32Array(this.noted)
    for (let at = 0; at < this.noted; at++) people[ends[this.posts[at]]++] = this.people[at]
    return { ends, people }
  }
}

function judge(ranker: Ranker, tieBreak: TieBreak | undefined) {
  const { posts, group } = ranker
  const inGroup = group ? posts.flatMap(({ seated }) => seated) : []
  const tiers = tiersOf(ranker, group ? inGroup.length : posts[0].seated.length)
  const isRanked = (person: string) => tiers.get(person)! >= 0
  const isBefore = comparer(tiers, tieBreak)
  const worstOf = (people: readonly string[]): string | undefined => {
    let worst = people[0]
    for (const one of people) if (isBefore(worst, one)) worst = one
    return worst
  }
  const blocking: BlockingPair[] = []
  const violations: Violation[] = []

  const groupIsFull = group !== null && inGroup.length >= group.capacity
  const worstInGroup = groupIsFull ? worstOf(inGroup) : undefined
  const groupMembers = new Set(groupIsFull ? inGroup : [])
  if (group && inGroup.length > group.capacity) {
    violations.push({ kind: 'group_over_capacity', applicant: '', post: group.id })
  }

  for (const { id, capacity, seated, wanting } of posts) {
    if (seated.length > capacity) {
      violations.push({ kind: 'over_capacity', applicant: '', post: id })
    }
    for (const person of seated) {
      if (isRanked(person)) continue
      violations.push({ kind: 'not_ranked', applicant: person, post: id })
    }
    const isFull = seated.length >= capacity
    const worst = isFull ? worstOf(seated) : undefined
    for (const person of wanting) {
      if (!isRanked(person)) continue
      let takes = true
      if (isFull) takes = worst !== undefined && isBefore(person, worst)
      else if (groupIsFull && !groupMembers.has(person)) {
        takes = worstInGroup !== undefined && isBefore(person, worstInGroup)
      }
      if (takes) blocking.push({ applicant: person, post: id })
    }
  }
  return { blocking, violations }
}

/**
 * The place in the ranking of everybody who matters here; who is in a tie shares it. Behind the last
 * one who sits where all is full nobody can block: there the reading ends.
 */
function tiersOf(
  { name, ranking, posts, group }: Ranker,
  seatedInAll: number
): Map<string, number> {
  const places = new Map<string, number>()
  for (const { wanting } of posts) for (const person of wanting) places.set(person, UNREAD)
  for (const { seated } of posts) for (const person of seated) places.set(person, UNREAD_SEATED)
  const isClosed =
    (group !== null && seatedInAll >= group.capacity) ||
    posts.every(({ seated, capacity }) => seated.length >= capacity)
  let unread = isClosed ? seatedInAll : Number.POSITIVE_INFINITY

  const note = (person: string, tier: number) => {
    const place = places.get(person)
    if (place === undefined) return
    if (place >= 0) throw new MatchingError(`${name}: ranks "${person}" twice`)
    if (place === UNREAD_SEATED) unread--
    places.set(person, tier)
  }
  for (let tier = 0; tier < ranking.length && unread > 0; tier++) {
    const entry = ranking[tier]
    if (typeof entry === 'string') note(entry, tier)
    else for (const person of entry) note(person, tier)
  }
  return places
}

/** Who is not ranked stands behind everybody who is. */
function comparer(tiers: Map<string, number>, tieBreak: TieBreak | undefined) {
  const tierOf = (person: string) => {
    const tier = tiers.get(person)!
    return tier < 0 ? Number.MAX_SAFE_INTEGER : tier
  }
  const { order = [], seed = '' } = tieBreak ?? {}
  const digest = (person: string) =>
    createHash('sha256').update(`${seed}\n${person}`, 'utf8').digest()
  return (one: string, other: string): boolean => {
    const difference = tierOf(one) - tierOf(other)
    if (difference !== 0) return difference < 0
    if (!tieBreak || one === other) return false
    const first = order.indexOf(one)
    const second = order.indexOf(other)
    if (first >= 0 && second >= 0) return first < second
    if (first >= 0 || second >= 0) return first >= 0
    return digest(one).compare(digest(other)) < 0
  }
}

function byApplicantThenPost(one: BlockingPair | Violation, other: BlockingPair | Violation) {
  return compare(one.applicant, other.applicant) || compare(one.post, other.post)
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
