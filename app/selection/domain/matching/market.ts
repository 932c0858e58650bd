import { Lines } from './lines.js'
import { Lot } from './lot.js'
import { capacitiesOf, checkShape, fail, groupsOf, indexOf } from './read.js'
import type { IgnoredPreference, MatchingInstance, Ranking } from './types.js'

const UNKNOWN = -1
const REPEATED = -2
const NOT_RANKED = -1
const NONE = -1

/**
 * The instance as numbers. A slot is one preference of one person; the slots of a person lie
 * together, in the person's order. A pair is the same seen from the post: the pairs of a post lie
 * together. What cannot count (an unknown post, a post that does not rank the person, a repetition)
 * is dropped and told.
 *
 * Rankings are read through a small Map of those who listed the post: one of everybody does not fit
 * the caches.
 */
export class Market {
  readonly people: number
  readonly firstSlot: Int32Array
  /** Per slot; UNKNOWN or REPEATED (negative) for what does not count. */
  readonly postOf: Int32Array
  /** Per post; negative: none. */
  readonly groupOf: Int32Array
  readonly posts: Lines
  readonly groups: Lines
  readonly lot: Lot
  readonly ignored: IgnoredPreference[]
  /** Per slot. */
  private readonly pairOf: Int32Array
  /** Per pair; the last three only where there are groups, NONE where nothing follows. */
  private readonly personOfPair: Int32Array
  private readonly rankOfPair: Int32Array
  private readonly postOfPair: Int32Array
  private readonly groupRankOfPair: Int32Array
  private readonly furtherPair: Int32Array
  private readonly ids: readonly string[]
  /** Entries of rankings that were read; who stands in the same one is in a tie. */
  private entries = 0

  constructor(readonly instance: MatchingInstance) {
    checkShape(instance)
    const { applicants, posts, groups = [] } = instance
    this.people = applicants.length
    this.lot = new Lot(applicants, instance.tieBreak)
    indexOf(applicants, 'applicants')
    this.ids = applicants.map(({ id }) => id)
    this.groupOf = groupsOf(posts, indexOf(groups, 'groups'))
    this.firstSlot = this.countSlots()
    const listed = new Int32Array(posts.length)
    this.postOf = this.readPreferences(indexOf(posts, 'posts'), listed)
    this.posts = new Lines(capacitiesOf(posts, 'posts'), listed)
    this.groups = new Lines(capacitiesOf(groups, 'groups'), this.sumByGroup(listed))

    const pairs = this.posts.length
    const ofGroups = groups.length ? pairs : 0
    this.pairOf = new Int32Array(this.postOf.length)
    this.personOfPair = new Int32Array(pairs)
    this.rankOfPair = new Int32Array(pairs).fill(NOT_RANKED)
    this.postOfPair = new Int32Array(ofGroups)
    this.groupRankOfPair = new Int32Array(ofGroups)
    this.furtherPair = new Int32Array(ofGroups).fill(NONE)
    this.numberPairs()
    this.readRankings()
    this.ignored = this.tellIgnored()
  }

  /** The rank in the line of the post; negative for a preference that does not count. */
  rankOf(slot: number): number {
    return this.postOf[slot] < 0 ? NOT_RANKED : this.rankOfPair[this.pairOf[slot]]
  }

  groupRankOf(slot: number): number {
    return this.groupRankOfPair[this.pairOf[slot]]
  }

  private countSlots(): Int32Array {
    const firstSlot = new Int32Array(this.people + 1)
    this.instance.applicants.forEach(({ preferences }, at) => {
      if (!Array.isArray(preferences)) fail(`applicants[${at}].preferences`, 'is not a list')
      firstSlot[at + 1] = firstSlot[at] + preferences.length
    })
    return firstSlot
  }

  /** The post of every slot; counts in `listed` how many listed each post. */
  private readPreferences(index: Map<string, number>, listed: Int32Array): Int32Array {
    const { applicants } = this.instance
    const postOf = new Int32Array(this.firstSlot[this.people])
    const lastListedBy = new Int32Array(index.size).fill(NONE)
    let slot = 0
    for (let at = 0; at < this.people; at++) {
      const { preferences } = applicants[at]
      for (let number = 0; number < preferences.length; number++, slot++) {
        const post = index.get(preferences[number])
        if (post === undefined) {
          if (typeof preferences[number] !== 'string') {
            fail(`applicants[${at}].preferences[${number}]`, 'is not a text')
          }
          postOf[slot] = UNKNOWN
        } else if (lastListedBy[post] === at) {
          postOf[slot] = REPEATED
        } else {
          lastListedBy[post] = at
          postOf[slot] = post
          listed[post]++
        }
      }
    }
    return postOf
  }

  private sumByGroup(listed: Int32Array): Int32Array {
    const sums = new Int32Array(this.instance.groups?.length ?? 0)
    this.groupOf.forEach((group, post) => {
      if (group >= 0) sums[group] += listed[post]
    })
    return sums
  }

  private numberPairs() {
    const { firstSlot, postOf, pairOf, personOfPair, postOfPair } = this
    const next = this.posts.first.slice()
    for (let person = 0; person < this.people; person++) {
      for (let slot = firstSlot[person]; slot < firstSlot[person + 1]; slot++) {
        const post = postOf[slot]
        if (post < 0) continue
        const pair = next[post]++
        pairOf[slot] = pair
        personOfPair[pair] = person
        if (postOfPair.length) postOfPair[pair] = post
      }
    }
  }

  private readRankings() {
    const { posts, groups = [] } = this.instance
    posts.forEach(({ ranking }, post) => {
      if (this.groupOf[post] < 0) this.readRanking(`posts[${post}]`, ranking, [post])
    })
    const members = groups.map((): number[] => [])
    this.groupOf.forEach((group, post) => {
      if (group >= 0) members[group].push(post)
    })
    groups.forEach(({ ranking }, group) => {
      this.readRanking(`groups[${group}]`, ranking, members[group])
    })
  }

  /** Lines up those who listed the posts that go by one ranking. */
  private readRanking(name: string, ranking: Ranking | undefined, posts: readonly number[]) {
    if (!Array.isArray(ranking)) fail(`${name}.ranking`, 'is not a list')
    const waiting = this.waitingFor(posts)
    let at = -1
    for (const entry of ranking as Ranking) {
      at++
      this.entries++
      if (typeof entry === 'string') {
        const pair = waiting.get(entry)
        if (pair !== undefined) this.lineUp(pair, posts[0], name, at)
        continue
      }
      const pairs = isTie(entry)
        ? this.pairsOf(entry, waiting)
        : fail(`${name}.ranking[${at}]`, 'is neither a text nor a list of texts')
      for (const pair of pairs) this.lineUp(pair, posts[0], name, at)
    }
  }

  /** Who is in a tie, in the order of the lot. */
  private pairsOf(tie: readonly string[], waiting: Map<string, number>): number[] {
    const pairs: number[] = []
    for (const id of tie) {
      const pair = waiting.get(id)
      if (pair !== undefined) pairs.push(pair)
    }
    const { personOfPair, lot } = this
    return pairs.sort((one, other) => lot.compare(personOfPair[one], personOfPair[other]))
  }

  /** One pair of each person; further ones, at other posts of a group, hang behind it. */
  private waitingFor(posts: readonly number[]): Map<string, number> {
    const { ids, personOfPair, furtherPair } = this
    const { first } = this.posts
    const waiting = new Map<string, number>()
    for (const post of posts) {
      readAhead(ids, personOfPair, first[post], first[post + 1])
      for (let pair = first[post]; pair < first[post + 1]; pair++) {
        const id = ids[personOfPair[pair]]
        if (posts.length > 1) furtherPair[pair] = waiting.get(id) ?? NONE
        waiting.set(id, pair)
      }
    }
    return waiting
  }

  /** `alone`: the post of a ranking of its own. */
  private lineUp(head: number, alone: number, name: string, at: number) {
    const person = this.personOfPair[head]
    if (this.rankOfPair[head] !== NOT_RANKED) {
      fail(`${name}.ranking[${at}]`, `"${this.instance.applicants[person].id}" stands twice`)
    }
    const group = this.groupOf[alone]
    if (group < 0) {
      this.rankOfPair[head] = this.posts.append(alone, person, this.entries)
      return
    }
    for (let pair = head; pair !== NONE; pair = this.furtherPair[pair]) {
      this.rankOfPair[pair] = this.posts.append(this.postOfPair[pair], person, this.entries)
      this.groupRankOfPair[pair] = this.groups.append(group, person, this.entries)
    }
  }

  private tellIgnored(): IgnoredPreference[] {
    const { applicants } = this.instance
    const ignored: IgnoredPreference[] = []
    for (let at = 0; at < this.people; at++) {
      const first = this.firstSlot[at]
      for (let slot = first; slot < this.firstSlot[at + 1]; slot++) {
        if (this.rankOf(slot) !== NOT_RANKED) continue
        const { id, preferences } = applicants[at]
        const reason = REASONS[this.postOf[slot]] ?? 'not_ranked'
        ignored.push({ applicant: id, post: preferences[slot - first], reason })
      }
    }
    return ignored
  }
}

/**
 * Asks for names that are wanted next: memory brings them side by side, where a Map would wait for
 * each one before it asks for the next.
 */
function readAhead(ids: readonly string[], people: Int32Array, from: number, to: number): number {
  let letters = 0
  for (let at = from; at < to; at++) letters += ids[people[at]].length
  return letters
}

const REASONS: Record<number, IgnoredPreference['reason']> = {
  [UNKNOWN]: 'unknown_post',
  [REPEATED]: 'repeated',
}

function isTie(entry: unknown): entry is string[] {
  return Array.isArray(entry) && entry.every((id) => typeof id === 'string')
}
