import { createHash } from 'node:crypto'
import type { MatchingInstance, Ranking } from './matching/types.js'
import type { TieKey } from './rounds.js'

export interface ApplicantFacts {
  participantId: number
  pseudonym: string
  /** Post codes in order. */
  preferences: string[]
  keys: Partial<Record<TieKey, string | null>>
}

export interface PostFacts {
  code: string
  capacity: number
  minimum: number
  listId: number
}

export interface ListFacts {
  id: number
  code: string
  /** Set: the cap of all posts of the list together. */
  capacity: number | null
}

export interface RankingFacts {
  listId: number
  participantId: number
  /** Null: unacceptable, stands in no ranking. */
  scoreCenti: number | null
  /** Why it is unacceptable. */
  reason?: string | null
}

export interface InstanceFacts {
  applicants: readonly ApplicantFacts[]
  posts: readonly PostFacts[]
  lists: readonly ListFacts[]
  rankings: readonly RankingFacts[]
  tieKeys: readonly TieKey[]
  seed: string
}

/**
 * The instance, under pseudonyms alone and in an order that says nothing: applicants by pseudonym.
 * Equal scores are parted by the published keys, in their order; who is equal in all of them
 * stays a tie, and the lot decides in the engine.
 */
export function buildInstance(facts: InstanceFacts): MatchingInstance {
  const applicants = [...facts.applicants].sort((a, b) => compare(a.pseudonym, b.pseudonym))
  const ranking = rankingsOf(facts)
  const lists = new Map(facts.lists.map((list) => [list.id, list]))
  const groups = facts.lists.filter(({ capacity }) => capacity !== null)
  return {
    applicants: applicants.map(({ pseudonym: id, preferences }) => ({ id, preferences })),
    posts: [...facts.posts]
      .sort((a, b) => compare(a.code, b.code))
      .map(({ code: id, capacity, minimum, listId }) => {
        const list = lists.get(listId)!
        const post = { id, capacity, ...(minimum > 0 && { minimum }) }
        return list.capacity === null
          ? { ...post, ranking: ranking(listId) }
          : { ...post, group: list.code }
      }),
    ...(groups.length > 0 && {
      groups: groups.map(({ id, code, capacity }) => ({
        id: code,
        capacity: capacity!,
        ranking: ranking(id),
      })),
    }),
    tieBreak: { order: [], seed: facts.seed },
  }
}

function rankingsOf({ applicants, rankings, tieKeys }: InstanceFacts) {
  const people = new Map(applicants.map((one) => [one.participantId, one]))
  const byList = new Map<number, { score: number; person: ApplicantFacts }[]>()
  for (const { listId, participantId, scoreCenti } of rankings) {
    const person = people.get(participantId)
    if (!person || scoreCenti === null) continue
    byList.set(listId, [...(byList.get(listId) ?? []), { score: scoreCenti, person }])
  }
  return (listId: number): Ranking => {
    const rows = (byList.get(listId) ?? []).map(({ score, person }) => ({
      rank: [score, ...tieKeys.map((key) => person.keys[key] ?? LAST)],
      id: person.pseudonym,
    }))
    rows.sort((a, b) => compareRanks(a.rank, b.rank) || compare(a.id, b.id))
    const tiers: string[][] = []
    for (const [index, row] of rows.entries()) {
      if (index > 0 && compareRanks(rows[index - 1].rank, row.rank) === 0)
        tiers.at(-1)!.push(row.id)
      else tiers.push([row.id])
    }
    return tiers.map((tier) => (tier.length === 1 ? tier[0] : tier))
  }
}

/** Who has no date in a key comes after those who have. */
const LAST = '9999-12-31'

/** The higher score first, then the earlier date. */
function compareRanks(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  if (a[0] !== b[0]) return Number(b[0]) - Number(a[0])
  for (let index = 1; index < a.length; index++) {
    const order = compare(String(a[index]), String(b[index]))
    if (order !== 0) return order
  }
  return 0
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The ranking that a post goes by as one order: ties parted by the lot, as the engine does. */
export function rankedOrder(instance: MatchingInstance, postId: string): string[] {
  const post = instance.posts.find(({ id }) => id === postId)
  const group = instance.groups?.find(({ id }) => id === post?.group)
  const ranking = group?.ranking ?? post?.ranking ?? []
  return ranking.flatMap((tier) =>
    typeof tier === 'string' ? [tier] : byLot([...tier], instance.tieBreak?.seed ?? '')
  )
}

/** People in the order of the lot: ascending SHA-256 of seed, newline, id. */
export function byLot(ids: readonly string[], seed: string): string[] {
  const lot = (id: string) => createHash('sha256').update(`${seed}\n${id}`, 'utf8').digest('hex')
  const lots = new Map(ids.map((id) => [id, lot(id)]))
  return [...ids].sort((a, b) => compare(lots.get(a)!, lots.get(b)!))
}

/** Posts that a person of this nature may choose. */
export function eligiblePosts<Post extends { natures: readonly string[] }>(
  posts: readonly Post[],
  nature: string
): Post[] {
  return posts.filter(({ natures }) => natures.includes(nature))
}
