import type { Lines } from './lines.js'
import type { Market } from './market.js'
import type { Reason, Refusal } from './types.js'

/** Both sides of every tie at a last place that the lot alone parted; sorted by id. */
export function decidedByLot(market: Market, given: Int32Array): string[] {
  const decided = new Set<number>()
  const { posts, groups, lot } = market
  const look = (lines: Lines, line: number, refused: (person: number, rank: number) => boolean) => {
    if (!lines.isFull(line) || !lines.hasAdmitted(line)) return
    const { from, to } = lines.tieOf(line, lines.lastAdmitted(line))
    const sides: [Set<number>, Set<number>] = [new Set(), new Set()]
    for (let rank = from; rank < to; rank++) {
      const person = lines.personAt(rank)
      if (lot.isNamed(person)) continue
      if (lines.isHeld(rank)) sides[0].add(person)
      else if (refused(person, rank)) sides[1].add(person)
    }
    if (sides[0].size && sides[1].size)
      for (const side of sides) for (const one of side) decided.add(one)
  }
  /** The preference before the given one that stands at the rank; −1: it was never asked for. */
  const wanted = (person: number, rank: number, rankOf: (slot: number) => number) => {
    for (let slot = market.firstSlot[person]; slot < given[person]; slot++) {
      if (market.rankOf(slot) >= 0 && rankOf(slot) === rank) return slot
    }
    return -1
  }
  const postRank = (slot: number) => market.rankOf(slot)
  const groupRank = (slot: number) =>
    market.groupOf[market.postOf[slot]] < 0 ? -1 : market.groupRankOf(slot)
  for (let post = 0; post < posts.capacity.length; post++) {
    look(posts, post, (person, rank) => wanted(person, rank, postRank) >= 0)
  }
  for (let group = 0; group < groups.capacity.length; group++) {
    look(groups, group, (person, rank) => {
      const slot = wanted(person, rank, groupRank)
      return slot >= 0 && !posts.isFull(market.postOf[slot])
    })
  }
  return [...decided].map((person) => market.instance.applicants[person].id).sort()
}

/** Per person: which preference was given, and what stood in the way of each one before it. */
export function reasons(market: Market, given: Int32Array): Record<string, Reason> {
  const { applicants, posts } = market.instance
  const told: Record<string, Reason> = Object.create(null)
  for (let person = 0; person < market.people; person++) {
    const first = market.firstSlot[person]
    const placed = given[person] < market.firstSlot[person + 1]
    const refused: Refusal[] = []
    for (let slot = first; slot < given[person]; slot++) {
      if (market.rankOf(slot) >= 0) refused.push(refusal(market, person, slot, slot - first + 1))
    }
    told[applicants[person].id] = {
      preference: placed ? given[person] - first + 1 : null,
      post: placed ? posts[market.postOf[given[person]]].id : null,
      refused,
    }
  }
  return told
}

function refusal(market: Market, person: number, slot: number, preference: number): Refusal {
  const { instance, lot } = market
  const post = market.postOf[slot]
  const byPost = market.posts.isFull(post)
  const lines = byPost ? market.posts : market.groups
  const line = byPost ? post : market.groupOf[post]
  const rank = byPost ? market.rankOf(slot) : market.groupRankOf(slot)
  const last = lines.hasAdmitted(line) ? lines.lastAdmitted(line) : null
  let partedBy: Refusal['partedBy'] = 'ranking'
  if (last !== null && rank < lines.tieOf(line, last).to) {
    partedBy = lot.isNamed(lines.personAt(last)) || lot.isNamed(person) ? 'order' : 'lot'
  }
  return {
    preference,
    post: instance.posts[post].id,
    cap: byPost ? 'post' : 'group',
    places: lines.capacity[line],
    lastAdmitted: last === null ? null : instance.applicants[lines.personAt(last)].id,
    partedBy,
  }
}
