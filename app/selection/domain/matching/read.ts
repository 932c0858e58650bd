import { MatchingError, type MatchingInstance, type MatchingPost } from './types.js'

/** Reading what came from outside: everything that cannot be solved stops with the place's name. */
export function fail(place: string, what: string): never {
  throw new MatchingError(`${place}: ${what}`)
}

export function checkShape({ applicants, posts, groups, tieBreak }: MatchingInstance) {
  if (!Array.isArray(applicants)) fail('applicants', 'is not a list')
  if (!Array.isArray(posts)) fail('posts', 'is not a list')
  if (groups !== undefined && !Array.isArray(groups)) fail('groups', 'is not a list')
  if (tieBreak === undefined) return
  if (typeof tieBreak !== 'object' || tieBreak === null) fail('tieBreak', 'is not an object')
  const { order = [], seed = '' } = tieBreak
  if (!Array.isArray(order) || order.some((id) => typeof id !== 'string')) {
    fail('tieBreak.order', 'is not a list of texts')
  }
  if (typeof seed !== 'string') fail('tieBreak.seed', 'is not a text')
}

/** The place of each id; an id that stands twice stops. */
export function indexOf(list: readonly { id: string }[], name: string): Map<string, number> {
  const index = new Map<string, number>()
  list.forEach((one, at) => {
    if (typeof one !== 'object' || one === null) fail(`${name}[${at}]`, 'is not an object')
    if (typeof one.id !== 'string' || one.id === '') fail(`${name}[${at}].id`, 'is not a text')
    index.set(one.id, at)
    if (index.size !== at + 1) fail(`${name}[${at}].id`, `"${one.id}" stands twice`)
  })
  return index
}

const NO_GROUP = -1

export function groupsOf(posts: readonly MatchingPost[], groups: Map<string, number>): Int32Array {
  return Int32Array.from(posts, ({ id, group, ranking }, at) => {
    if (group === undefined) return NO_GROUP
    const found = groups.get(group)
    if (found === undefined) fail(`posts[${at}].group`, `"${group}" is no group`)
    if (ranking === undefined) return found
    return fail(`posts[${at}].ranking`, `"${id}" goes by the ranking of its group "${group}"`)
  })
}

const GREATEST = 2_147_483_646

export function capacitiesOf(
  list: readonly { capacity: number; minimum?: number }[],
  name: string
): Int32Array {
  return Int32Array.from(list, ({ capacity, minimum = 0 }, at) => {
    if (!isCount(capacity)) fail(`${name}[${at}].capacity`, 'is not a whole number from 0')
    if (!isCount(minimum)) fail(`${name}[${at}].minimum`, 'is not a whole number from 0')
    return Math.min(capacity, GREATEST)
  })
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
