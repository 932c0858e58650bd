import { constants, isUtf8 } from 'node:buffer'
import { JsonBytes } from './json_bytes.js'
import type { Market } from './market.js'
import type { Names } from './names.js'
import { readTiers } from './rankings.js'
import { NONE, Sections, type Place } from './sections.js'
import { fail, type Ranking, type TieBreak } from './types.js'

/** A capacity above it is as good as it. */
const GREATEST = 2_147_483_646

/**
 * Reads an instance from its JSON text, a string or UTF-8 bytes up to 2 GB (types.ts says what
 * stands where; `check`, a result, may stand beside it). SyntaxError for what is no JSON,
 * MatchingError with the place for what is no instance, a key that stands twice included.
 *
 * The text goes straight into numbers: the objects that JSON.parse would make of the twenty million
 * names of a large round cost more than all that is done with them.
 */
export function readMarket(json: string | Uint8Array): Market {
  const bytes = utf8Of(json)
  try {
    return read(new JsonBytes(bytes))
  } catch (error) {
    if (bytes.length <= constants.MAX_STRING_LENGTH) JSON.parse(bytes.toString())
    throw error
  }
}

function utf8Of(json: string | Uint8Array): Buffer {
  if (typeof json === 'string') return Buffer.from(json)
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength)
  return isUtf8(bytes) ? bytes : Buffer.from(bytes.toString())
}

/** What stands beside the applicants. */
interface Beside {
  posts: Place[]
  groups: Place[]
  tieBreak?: TieBreak
  check?: unknown
}

function read(json: JsonBytes): Market {
  const sections = new Sections(json)
  const beside: Beside = { posts: [], groups: [] }
  const missing = new Set(['applicants', 'posts'])
  if (!json.isObject()) fail('', 'not a JSON object')
  sections.object(() => '', {
    applicants: () => {
      missing.delete('applicants')
      sections.applicants()
    },
    posts: () => {
      missing.delete('posts')
      beside.posts = sections.places('posts')
    },
    groups: () => (beside.groups = sections.places('groups')),
    tieBreak: () => (beside.tieBreak = tieBreakOf(json.value())),
    check: () => (beside.check = json.value()),
  })
  json.end()
  for (const key of missing) fail(key, 'is not a list')
  return marketOf(json, sections, beside)
}

function marketOf(json: JsonBytes, sections: Sections, beside: Beside): Market {
  const { people, names } = sections
  const { posts, groups, tieBreak, check } = beside
  const postCalled = numbered('posts', posts, names)
  const groupCalled = numbered('groups', groups, names)
  const groupOf = Int32Array.from(posts, ({ id, group, ranking }, at) => {
    if (group === NONE) return NONE
    const called = names.text(group)
    if (groupCalled[group] === NONE) fail(`posts[${at}].group`, `"${called}" is no group`)
    if (ranking === NONE) return groupCalled[group]
    const post = names.text(id)
    return fail(`posts[${at}].ranking`, `"${post}" goes by the ranking of its group "${called}"`)
  })
  const firstSlot = sections.firstSlot.subarray(0, people.count + 1)
  const postOf = sections.nameOfSlot.subarray(0, firstSlot[people.count])
  const listedBy = putPosts(firstSlot, postOf, postCalled, posts.length)
  const rankings = [...posts, ...groups].map(({ ranking }) => ranking)
  const rankingOf = groupOf.map((group, post) => (group === NONE ? post : posts.length + group))
  const tierOf = readTiers(json, rankings, { people, firstSlot, postOf, rankingOf, listedBy })
  const postNames: string[] = []
  const nameOfPost = (post: number) => (postNames[post] ??= names.text(posts[post].id))
  return {
    people: people.count,
    posts: posts.length,
    groups: groups.length,
    firstSlot,
    postOf,
    tierOf,
    groupOf,
    listedBy,
    tieBreak,
    check,
    capacityOf: { posts: capacities(posts), groups: capacities(groups) },
    minimumOf: posts.map(({ minimum }) => minimum),
    nameOfPost,
    nameOfPerson: (person) => people.text(person),
    nameOfGroup: (group) => names.text(groups[group].id),
    nameAt: (slot) => (postOf[slot] < 0 ? names.text(~postOf[slot]) : nameOfPost(postOf[slot])),
    personCalled: (name) => people.numberOf(name),
    postCalled: (name) => postCalled[names.numberOf(name)] ?? NONE,
    rankingOf: (post) => {
      json.at = rankings[rankingOf[post]]
      return json.value() as Ranking
    },
  }
}

function tieBreakOf(value: unknown): TieBreak {
  if (typeof value !== 'object' || value === null) fail('tieBreak', 'is not an object')
  const { order = [], seed = '' } = value as TieBreak
  if (!Array.isArray(order) || order.some((id) => typeof id !== 'string')) {
    fail('tieBreak.order', 'is not a list of texts')
  }
  if (typeof seed !== 'string') fail('tieBreak.seed', 'is not a text')
  return { order, seed }
}

/** Per name the number of the post or group that bears it, NONE for none. */
function numbered(list: string, places: readonly Place[], names: Names): Int32Array {
  const numbers = new Int32Array(names.count).fill(NONE)
  places.forEach(({ id }, at) => {
    if (numbers[id] !== NONE) fail(`${list}[${at}].id`, `"${names.text(id)}" stands twice`)
    numbers[id] = at
  })
  return numbers
}

function capacities(places: readonly Place[]): Int32Array {
  return Int32Array.from(places, ({ capacity }) => Math.min(capacity, GREATEST))
}

/**
 * Puts the post in the place of its name at every slot; ~ the number of the name where it does not
 * count. Answers how many listed each post.
 */
function putPosts(
  firstSlot: Int32Array,
  postOf: Int32Array,
  postCalled: Int32Array,
  posts: number
): Int32Array {
  const listedBy = new Int32Array(posts)
  const lastListedBy = new Int32Array(posts).fill(NONE)
  for (let person = 0; person + 1 < firstSlot.length; person++) {
    for (let slot = firstSlot[person]; slot < firstSlot[person + 1]; slot++) {
      const name = postOf[slot]
      const post = postCalled[name]
      if (post === NONE || lastListedBy[post] === person) {
        postOf[slot] = ~name
        continue
      }
      postOf[slot] = post
      lastListedBy[post] = person
      listedBy[post]++
    }
  }
  return listedBy
}
