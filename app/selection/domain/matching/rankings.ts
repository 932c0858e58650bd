import type { JsonBytes } from './json_bytes.js'
import { Names } from './names.js'
import { fail } from './types.js'

const NOT_RANKED = -1

interface Listed {
  people: Names
  /** As in Market. */
  firstSlot: Int32Array
  postOf: Int32Array
  /** Per post the number of the ranking that it goes by. */
  rankingOf: Int32Array
  /** Per post: how many listed it. */
  listedBy: Int32Array
}

/**
 * Reads every ranking and answers the tier of each slot, as in Market. `begins` says where each
 * ranking begins in the bytes: those of the posts, negative where a post has none of its own, then
 * those of the groups.
 *
 * The names of a ranking are looked up among those alone who listed a post that goes by it: they fit
 * the caches, where a table of everybody would wait for memory at every name.
 */
export function readTiers(json: JsonBytes, begins: readonly number[], listed: Listed): Int32Array {
  const { people, postOf, rankingOf } = listed
  const slots = postOf.length
  const { first, starts } = whoListed(listed, begins.length)
  const tiers = new Int32Array(starts.length)
  const waiting = new Names()
  let tierOfWaiting = new Int32Array(0)
  for (const [ranking, begin] of begins.entries()) {
    if (begin < 0) continue
    const [from, to] = [first[ranking], first[ranking + 1]]
    people.readAhead(starts, from, to)
    waiting.clear(to - from)
    for (let at = from; at < to; at++) {
      if (at === from || starts[at] !== starts[at - 1]) waiting.take(people, starts[at])
    }
    if (tierOfWaiting.length < waiting.count) tierOfWaiting = new Int32Array(2 * waiting.count)
    tierOfWaiting.fill(NOT_RANKED, 0, waiting.count)
    const place = (tier: number) => {
      const post = ranking < rankingOf.length
      const list = post ? `posts[${ranking}]` : `groups[${ranking - rankingOf.length}]`
      return `${list}.ranking[${tier}]`
    }
    json.at = begin
    eachRanked(json, place, (tier) => {
      const number = waiting.find(json)
      if (number < 0) return
      if (tierOfWaiting[number] !== NOT_RANKED) fail(place(tier), `"${json.text()}" stands twice`)
      tierOfWaiting[number] = tier
    })
    for (let at = from, number = -1; at < to; at++) {
      if (at === from || starts[at] !== starts[at - 1]) number++
      tiers[at] = tierOfWaiting[number]
    }
  }

  const tierOf = new Int32Array(slots)
  const next = first.slice()
  for (let slot = 0; slot < slots; slot++) {
    const post = postOf[slot]
    tierOf[slot] = post < 0 ? NOT_RANKED : tiers[next[rankingOf[post]]++]
  }
  return tierOf
}

/** `note` learns the tier of each name that is read. */
function eachRanked(
  json: JsonBytes,
  place: (tier: number) => string,
  note: (tier: number) => void
) {
  const read = (tier: number) => {
    if (!json.isString()) fail(place(tier), 'is neither a text nor a list of texts')
    json.string()
    note(tier)
  }
  json.list((tier) => {
    if (json.isList()) json.list(() => read(tier))
    else read(tier)
  })
}

/**
 * Who listed the posts of each ranking, in the order of the people: `starts` of their names in the
 * records of the people, those of ranking r from `first[r]` to before `first[r + 1]`.
 */
function whoListed(listed: Listed, rankings: number) {
  const { people, firstSlot, postOf, rankingOf, listedBy } = listed
  const first = new Int32Array(rankings + 1)
  rankingOf.forEach((ranking, post) => (first[ranking + 1] += listedBy[post]))
  for (let ranking = 0; ranking < rankings; ranking++) first[ranking + 1] += first[ranking]
  const starts = new Int32Array(first[rankings])
  const next = first.slice()
  for (let person = 0; person < people.count; person++) {
    const start = people.starts[person]
    for (let slot = firstSlot[person]; slot < firstSlot[person + 1]; slot++) {
      if (postOf[slot] >= 0) starts[next[rankingOf[postOf[slot]]]++] = start
    }
  }
  return { first, starts }
}
