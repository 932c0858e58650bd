import type { MatchingInstance, Ranking } from '#selection/domain/matching/types'

/** Post by person; a person who is not in it is unplaced. */
export type Result = Map<string, string>

/**
 * Every stable result of a small instance, by trying them all against the definition on strict
 * rankings (see `strict`). Shares no code with solver and checker.
 */
export function stableResults(instance: MatchingInstance): Result[] {
  return feasible(instance).filter((result) => isStable(instance, result))
}

/** Every way to seat the people at posts that they listed and that rank them, within the caps. */
function feasible(instance: MatchingInstance): Result[] {
  const { applicants, posts, groups = [] } = instance
  let results: Result[] = [new Map()]
  for (const { id, preferences } of applicants) {
    const open = posts.filter(
      (post) => preferences.includes(post.id) && rankingOf(instance, post.id).includes(id)
    )
    results = results.flatMap((result) => [
      result,
      ...open
        .filter((post) => seated(result, [post.id]).length < post.capacity)
        .filter((post) => {
          const group = groups.find((one) => one.id === post.group)
          const cap = group?.capacity ?? Number.POSITIVE_INFINITY
          return seated(result, membersOf(instance, post.group)).length < cap
        })
        .map((post) => new Map(result).set(id, post.id)),
    ])
  }
  return results
}

function isStable(instance: MatchingInstance, result: Result): boolean {
  return blockingPairs(instance, result).length === 0
}

/** Who would rather be where they would be taken, as `person post`, whoever sits there now. */
export function blockingPairs(instance: MatchingInstance, result: Result): string[] {
  return instance.applicants.flatMap(({ id, preferences }) => {
    const given = result.get(id)
    const place = given === undefined ? -1 : preferences.indexOf(given)
    const better = place < 0 ? preferences : preferences.slice(0, place)
    return better
      .filter((post) => wouldTake(instance, result, id, post))
      .map((post) => `${id} ${post}`)
  })
}

/** Would the post (and its group) be better off with the person than now, or no worse and fuller? */
function wouldTake(instance: MatchingInstance, result: Result, id: string, name: string): boolean {
  const post = instance.posts.find((one) => one.id === name)
  const ranking = rankingOf(instance, name)
  if (!post || !ranking.includes(id)) return false
  const isBehind = (other: string) =>
    !ranking.includes(other) || ranking.indexOf(other) > ranking.indexOf(id)
  const there = seated(result, [name])
  if (there.length >= post.capacity) return there.some(isBehind)
  const group = (instance.groups ?? []).find((one) => one.id === post.group)
  if (!group) return true
  const inGroup = seated(result, membersOf(instance, post.group))
  return inGroup.length < group.capacity || inGroup.includes(id) || inGroup.some(isBehind)
}

function seated(result: Result, posts: readonly string[]): string[] {
  return [...result].filter(([, post]) => posts.includes(post)).map(([id]) => id)
}

export function membersOf({ posts }: MatchingInstance, group: string | undefined): string[] {
  return posts.filter((post) => post.group === group).map(({ id }) => id)
}

function rankingOf({ posts, groups = [] }: MatchingInstance, name: string): readonly string[] {
  const post = posts.find(({ id }) => id === name)!
  return (post.ranking ?? groups.find(({ id }) => id === post.group)!.ranking) as string[]
}

/** The instance with every tie broken by the rule, written out as strict rankings. */
export function strict(
  instance: MatchingInstance,
  before: (one: string, other: string) => number
): MatchingInstance {
  const broken = (ranking: Ranking) =>
    ranking.flatMap((entry) => (typeof entry === 'string' ? [entry] : [...entry].sort(before)))
  return {
    ...instance,
    posts: instance.posts.map((post) =>
      post.ranking ? { ...post, ranking: broken(post.ranking) } : post
    ),
    groups: instance.groups?.map((group) => ({ ...group, ranking: broken(group.ranking) })),
  }
}
