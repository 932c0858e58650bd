import type { InstanceFacts } from './instance.js'
import type { Matching, Refusal } from './matching/types.js'

/** Post codes by participant; who is not in it has no place. */
export type Assignments = ReadonlyMap<number, string>

/** How one wish of a person went, in figures that the person may know. */
export interface Wish {
  /** Number of the preference, from 1. */
  choice: number
  post: string
  places: number
  /** The cap of several posts together was what was full. */
  group: boolean
  /** Score of the last one admitted; null: nobody, or not told. */
  lastCenti: number | null
  ownCenti: number | null
  /** below: a lower score; key, lot: the same score, parted so; unacceptable: refused by the list. */
  verdict: 'admitted' | 'below' | 'key' | 'lot' | 'unacceptable' | 'unranked' | 'not_needed'
  /** unacceptable: why the list says so. */
  reason?: string | null
}

export interface Reasons {
  wishes: Wish[]
  decidedByLot: boolean
  /** A hand change put the person there: by which document, and why. */
  exception?: { documentNo: string; reason: string }
}

/** Why each person stands where he stands, wish by wish, from what was solved and what came out. */
export function explain(facts: InstanceFacts, matching: Matching): Map<number, Reasons> {
  const posts = new Map(facts.posts.map((post) => [post.code, post]))
  const ids = new Map(facts.applicants.map((one) => [one.pseudonym, one.participantId]))
  const lots = new Set(matching.decidedByLot)
  const said = new Map(facts.rankings.map((row) => [`${row.listId}/${row.participantId}`, row]))
  const saidOf = (post: string, participantId: number | undefined) =>
    said.get(`${posts.get(post)?.listId}/${participantId}`)
  const scoreOf = (post: string, participantId: number | undefined) =>
    saidOf(post, participantId)?.scoreCenti
  return new Map(
    facts.applicants.map((person) => {
      const { preference, refused } = matching.reasons[person.pseudonym]
      const refusals = new Map(refused.map((refusal) => [refusal.preference, refusal]))
      const wishes = person.preferences.map((post, index): Wish => {
        const choice = index + 1
        const own = scoreOf(post, person.participantId)
        const refusal = refusals.get(choice)
        const last = refusal?.lastAdmitted ? ids.get(refusal.lastAdmitted) : undefined
        const verdict = verdictOf(choice, preference, refusal, own, scoreOf(post, last))
        return {
          choice,
          post,
          ownCenti: own ?? null,
          group: refusal?.cap === 'group',
          places: refusal?.places ?? posts.get(post)?.capacity ?? 0,
          lastCenti: scoreOf(post, last) ?? null,
          verdict,
          ...(verdict === 'unacceptable' && { reason: saidOf(post, person.participantId)?.reason }),
        }
      })
      return [person.participantId, { wishes, decidedByLot: lots.has(person.pseudonym) }]
    })
  )
}

function verdictOf(
  choice: number,
  given: number | null,
  refusal: Refusal | undefined,
  own: number | null | undefined,
  last: number | null | undefined
): Wish['verdict'] {
  if (choice === given) return 'admitted'
  if (given !== null && choice > given) return 'not_needed'
  if (refusal) {
    if (refusal.partedBy === 'lot') return 'lot'
    return own === last && own !== undefined ? 'key' : 'below'
  }
  return own === null ? 'unacceptable' : 'unranked'
}

export interface Figures {
  participants: number
  places: number
  placed: number
  unplaced: number
  /** People by the number of the preference that was met; index 0 is the first. */
  byChoice: number[]
  posts: { code: string; capacity: number; minimum: number; placed: number; free: number }[]
}

/** Fill and satisfaction of a result. */
export function figuresOf(
  posts: readonly { code: string; capacity: number; minimum: number }[],
  results: readonly { post: string | null; choice: number | null }[]
): Figures {
  const taken = new Map<string, number>()
  const byChoice: number[] = []
  for (const { post, choice } of results) {
    if (post !== null) taken.set(post, (taken.get(post) ?? 0) + 1)
    if (choice !== null) byChoice[choice - 1] = (byChoice[choice - 1] ?? 0) + 1
  }
  const placed = results.filter(({ post }) => post !== null).length
  return {
    participants: results.length,
    places: posts.reduce((sum, { capacity }) => sum + capacity, 0),
    placed,
    unplaced: results.length - placed,
    byChoice: Array.from(byChoice, (count) => count ?? 0),
    posts: posts.map(({ code, capacity, minimum }) => {
      const count = taken.get(code) ?? 0
      return { code, capacity, minimum, placed: count, free: capacity - count }
    }),
  }
}

/**
 * The list whose cap over several posts is full, by post code. Every stable result fills a post of a
 * list with free places alike, and a full cap with as many people, but may divide these otherwise
 * among its posts: of a minimum there it cannot be said that no stable result meets it.
 */
export function fullGroups<List extends { id: number; capacity: number | null }>(
  lists: readonly List[],
  posts: readonly { code: string; listId: number }[],
  figures: Figures['posts']
): Map<string, List> {
  const placed = new Map(figures.map(({ code, placed: count }) => [code, count]))
  const full = lists.filter(({ id, capacity }) => {
    const own = posts.filter(({ listId }) => listId === id)
    const count = own.reduce((sum, { code }) => sum + (placed.get(code) ?? 0), 0)
    return capacity !== null && count >= capacity
  })
  return new Map(
    posts.flatMap(({ code, listId }) => {
      const list = full.find(({ id }) => id === listId)
      return list ? [[code, list] as const] : []
    })
  )
}

/**
 * Waiting lists: for each post those who would rather have it than what they got, in the order of
 * its ranking after the tie rule. `ranked` gives that order as pseudonyms.
 */
export function waitingLists(
  facts: InstanceFacts,
  assignments: Assignments,
  ranked: (post: string) => readonly string[]
): Map<string, number[]> {
  const people = new Map(facts.applicants.map((one) => [one.pseudonym, one]))
  const waits = (post: string, pseudonym: string): number[] => {
    const person = people.get(pseudonym)
    const wish = person?.preferences.indexOf(post) ?? -1
    if (!person || wish < 0) return []
    const mine = assignments.get(person.participantId)
    const got = mine === undefined ? Infinity : person.preferences.indexOf(mine)
    return got < 0 || wish < got ? [person.participantId] : []
  }
  return new Map(
    facts.posts.map(({ code }) => [code, ranked(code).flatMap((one) => waits(code, one))])
  )
}

/**
 * What may truly be said of a result: `best` for everybody of the round; `rest` for those who have
 * not signed; with hand changes neither; a placement stands beside a result and ranks nobody.
 */
export function wordsOf(kind: string, exceptions: number) {
  if (kind === 'placement') return 'placement'
  if (exceptions > 0) return 'exception'
  return kind === 'backfill' ? 'rest' : 'best'
}

export interface Change {
  participantId: number
  from: string | null
  to: string | null
}

/** Who stands elsewhere than before. */
export function changesBetween(before: Assignments, after: Assignments): Change[] {
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b)
  return ids
    .map((participantId) => ({
      participantId,
      from: before.get(participantId) ?? null,
      to: after.get(participantId) ?? null,
    }))
    .filter(({ from, to }) => from !== to)
}
