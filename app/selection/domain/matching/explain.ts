import type { Admission } from './admission.js'
import type { Reason, Refusal } from './types.js'

const ADMITTED = 1
const REFUSED = 2
const BOTH = ADMITTED | REFUSED
const NONE = -1

/** Both sides of every tie at a last place that the lot alone parted; sorted by id. */
export function decidedByLot(admission: Admission): string[] {
  const { market, lot } = admission
  const { posts, groups } = market
  const sides = new Uint8Array(posts + groups)
  const [caps, people]: [number[], number[]] = [[], []]
  eachAtLast(admission, (cap, side, person) => {
    if (lot.isNamed(person)) return
    sides[cap] |= side
    caps.push(cap)
    people.push(person)
  })
  const decided = new Set(people.filter((_, at) => sides[caps[at]] === BOTH))
  return [...decided].map(market.nameOfPerson).sort()
}

/** Everybody in the tie at the last place of a full cap; caps are the posts, then the groups. */
function eachAtLast(
  admission: Admission,
  tell: (cap: number, side: number, person: number) => void
) {
  const { market, given, posts, groups } = admission
  const { people, firstSlot, postOf, tierOf, groupOf } = market
  const lastAt = posts.lastTier.map((tier, post) =>
    isFull(admission, post) && posts.size[post] > 0 ? tier : NONE
  )
  const lastOf = groups.lastTier.map((tier, group) =>
    groupIsFull(admission, group) && groups.size[group] > 0 ? tier : NONE
  )
  for (let person = 0; person < people; person++) {
    const end = Math.min(given[person] + 1, firstSlot[person + 1])
    for (let slot = firstSlot[person]; slot < end; slot++) {
      const tier = tierOf[slot]
      if (tier < 0) continue
      const side = slot === given[person] ? ADMITTED : REFUSED
      const post = postOf[slot]
      if (tier === lastAt[post]) tell(post, side, person)
      const group = groupOf[post]
      if (group < 0 || tier !== lastOf[group]) continue
      if (side === ADMITTED || !isFull(admission, post)) tell(market.posts + group, side, person)
    }
  }
}

function isFull({ market, posts }: Admission, post: number): boolean {
  return posts.size[post] >= market.capacityOf.posts[post]
}

function groupIsFull({ market, inGroup }: Admission, group: number): boolean {
  return inGroup[group] >= market.capacityOf.groups[group]
}

/** Per person: which preference was given, and what stood in the way of each one before it. */
export function reasons(admission: Admission): Record<string, Reason> {
  const { market, given } = admission
  const { people, firstSlot, tierOf } = market
  const told: Record<string, Reason> = Object.create(null)
  for (let person = 0; person < people; person++) {
    const first = firstSlot[person]
    const placed = given[person] < firstSlot[person + 1]
    const refused: Refusal[] = []
    for (let slot = first; slot < given[person]; slot++) {
      if (tierOf[slot] >= 0) refused.push(refusal(admission, person, slot))
    }
    told[market.nameOfPerson(person)] = {
      preference: placed ? given[person] - first + 1 : null,
      post: placed ? market.nameAt(given[person]) : null,
      refused,
    }
  }
  return told
}

function refusal(admission: Admission, person: number, slot: number): Refusal {
  const { market, lot, posts, groups } = admission
  const { firstSlot, postOf, tierOf, groupOf, capacityOf } = market
  const post = postOf[slot]
  const byPost = isFull(admission, post)
  const heaps = byPost ? posts : groups
  const cap = byPost ? post : groupOf[post]
  const last = heaps.size[cap] > 0 ? heaps.lastPerson(cap) : null
  let partedBy: Refusal['partedBy'] = 'ranking'
  if (last !== null && heaps.lastTier[cap] === tierOf[slot]) {
    partedBy = lot.isNamed(last) || lot.isNamed(person) ? 'order' : 'lot'
  }
  return {
    preference: slot - firstSlot[person] + 1,
    post: market.nameAt(slot),
    cap: byPost ? 'post' : 'group',
    places: (byPost ? capacityOf.posts : capacityOf.groups)[cap],
    lastAdmitted: last === null ? null : market.nameOfPerson(last),
    partedBy,
  }
}
