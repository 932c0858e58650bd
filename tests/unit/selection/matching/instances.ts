import fc from 'fast-check'
import type { MatchingInstance, MatchingPost, Ranking } from '#selection/domain/matching/types'

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
