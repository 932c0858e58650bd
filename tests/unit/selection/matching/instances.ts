import fc from 'fast-check'
import { checkMatching } from '#selection/domain/matching/check'
import { readMarket } from '#selection/domain/matching/read_market'
import { solveMatching } from '#selection/domain/matching/solve'
import type {
  Assignments,
  MatchingInstance,
  MatchingPost,
  Ranking,
} from '#selection/domain/matching/types'

export function solve(instance: MatchingInstance) {
  return solveMatching(readMarket(JSON.stringify(instance)))
}

export function check(instance: MatchingInstance, assignments: Assignments) {
  return checkMatching(readMarket(JSON.stringify(instance)), assignments)
}

export interface Options {
  people?: number
  posts?: number
  ties?: boolean
  groups?: boolean
}

/** Rounds with incomplete lists, posts without places, people whom nobody ranks. */
export function instances(options: Options = {}): fc.Arbitrary<MatchingInstance> {
  const { people = 7, posts = 4, ties = false, groups = false } = options
  return fc
    .record({
      people: fc.integer({ min: 1, max: people }),
      posts: fc.integer({ min: 1, max: posts }),
      groups: groups ? fc.integer({ min: 1, max: 2 }) : fc.constant(0),
    })
    .chain((size) => {
      const names = Array.from({ length: size.people }, (_, at) => `a${at}`)
      const places = Array.from({ length: size.posts }, (_, at) => `p${at}`)
      return fc.record({
        lists: fc.array(fc.shuffledSubarray(places), {
          minLength: size.people,
          maxLength: size.people,
        }),
        rankings: fc.array(rankings(names, ties), {
          minLength: size.posts + size.groups,
          maxLength: size.posts + size.groups,
        }),
        capacities: fc.array(fc.nat(3), {
          minLength: size.posts + size.groups,
          maxLength: size.posts + size.groups,
        }),
        /** 0: on its own. */
        memberships: fc.array(fc.nat(size.groups), {
          minLength: size.posts,
          maxLength: size.posts,
        }),
        tieBreak: ties
          ? fc.record({ order: fc.shuffledSubarray(names), seed: fc.string({ maxLength: 4 }) })
          : fc.constant(undefined),
      })
    })
    .map(({ lists, rankings: drawn, capacities, memberships, tieBreak }) => ({
      applicants: lists.map((preferences, at) => ({ id: `a${at}`, preferences })),
      posts: memberships.map((group, at): MatchingPost => {
        const post = { id: `p${at}`, capacity: capacities[at] }
        return group ? { ...post, group: `g${group}` } : { ...post, ranking: drawn[at] }
      }),
      groups: drawn.slice(memberships.length).map((ranking, at) => ({
        id: `g${at + 1}`,
        capacity: capacities[memberships.length + at],
        ranking,
      })),
      ...(tieBreak ? { tieBreak } : {}),
    }))
}

function rankings(names: string[], ties: boolean): fc.Arbitrary<Ranking> {
  const order = fc.shuffledSubarray(names, { minLength: Math.ceil(names.length / 2) })
  if (!ties) return order
  return fc
    .tuple(order, fc.array(fc.boolean(), { minLength: names.length, maxLength: names.length }))
    .map(([people, joined]) => {
      const classes: string[][] = []
      people.forEach((id, at) => {
        if (at > 0 && joined[at]) classes[classes.length - 1].push(id)
        else classes.push([id])
      })
      return classes.map((tie) => (tie.length === 1 ? tie[0] : tie))
    })
}

/** The same round with everything that may stand in another order in another order. */
export function shuffled(instance: MatchingInstance, keys: Iterator<number>): MatchingInstance {
  const mixed = <T>(list: readonly T[]): T[] =>
    list
      .map((item) => [keys.next().value as number, item] as const)
      .sort(([one], [other]) => one - other)
      .map(([, item]) => item)
  const ranking = (given: Ranking): Ranking =>
    given.map((entry) => (typeof entry === 'string' ? entry : mixed(entry)))
  return {
    ...instance,
    applicants: mixed(instance.applicants),
    posts: mixed(instance.posts).map((post) =>
      post.ranking ? { ...post, ranking: ranking(post.ranking) } : post
    ),
    groups: mixed(instance.groups ?? []).map((group) => ({
      ...group,
      ranking: ranking(group.ranking),
    })),
  }
}

/** JSON as somebody else might write it: keys in any order, white space, escapes, unknown keys. */
export function written(value: unknown, keys: Iterator<number>): string {
  const next = (below: number) => (keys.next().value as number) % below
  const space = () => ['', '', '', ' ', '\n\t', '\r\n  '][next(6)]
  const text = (one: string): string => {
    if (next(3) > 0) return JSON.stringify(one)
    const units = Array.from({ length: one.length }, (_, at) => one.charCodeAt(at))
    return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}"`
  }
  const any = (one: unknown): string => {
    if (typeof one === 'string') return text(one)
    if (typeof one !== 'object' || one === null) return JSON.stringify(one)
    if (Array.isArray(one)) return `[${space()}${one.map(padded).join(',')}]`
    const entries = Object.entries(one).filter(([, member]) => member !== undefined)
    const members = entries.map(([key, member]) => `${text(key)}${space()}:${padded(member)}`)
    if (next(5) === 0) members.push(`"note":${JSON.stringify({ id: ['],}', 7, null, { a: [] }] })}`)
    const mixed = members.map((member) => [next(999), member] as const)
    mixed.sort(([first], [second]) => first - second)
    return `{${space()}${mixed.map(([, member]) => member).join(',')}${space()}}`
  }
  const padded = (one: unknown) => `${space()}${any(one)}${space()}`
  return padded(value)
}
