import type { Client } from '#decisions/queries/client'
import type { ApplicantFacts, InstanceFacts } from '../domain/instance.js'
import { openOrders } from './choices.js'
import { participantsOf, type Participant } from './participants.js'
import { listsOf, postsOf, type SelectionPost } from './posts.js'
import { rankingsOf } from './rankings.js'
import { resultsOf } from './results.js'
import type { RoundRow } from './rounds.js'

export interface MatchingFacts extends InstanceFacts {
  /** Everybody who has not given up the place, by participant. */
  people: Map<number, Participant>
  codes: Map<string, SelectionPost>
  acceptsPlacement: ReadonlySet<number>
}

/** Everything that the round says now, once ranking is closed; who declined or kept silent is left out. */
export async function matchingFacts(round: RoundRow, client: Client): Promise<MatchingFacts> {
  const everybody = await participantsOf(round.id, client)
  const staying = everybody.filter(({ answer }) => answer === 'open' || answer === 'signed')
  const orders = await openOrders(round, client)
  const posts = await postsOf(round.id, client)
  const lists = await listsOf(round.id, client)
  const rankings = await rankingsOf(round.id, client)
  const applicants = staying.map((person): ApplicantFacts => ({
    participantId: person.id,
    pseudonym: person.pseudonym,
    preferences: orders.get(person.id)?.posts ?? [],
    keys: { hired_on: person.hiredOn, work_started_on: person.workStartedOn },
  }))
  return {
    applicants,
    posts,
    lists,
    rankings,
    tieKeys: round.tieKeys,
    seed: round.seed ?? '',
    people: new Map(staying.map((person) => [person.id, person])),
    codes: new Map(posts.map((post) => [post.code, post])),
    acceptsPlacement: new Set(
      staying.filter(({ id }) => orders.get(id)?.acceptsPlacement).map(({ id }) => id)
    ),
  }
}

/**
 * The same without people whose place is fixed: their places and those of the caps are taken. So are
 * the places that are held for people who still take part.
 */
export function withoutFixed(
  facts: MatchingFacts,
  fixed: ReadonlyMap<number, string | null>,
  held: ReadonlyMap<number, string> = new Map()
) {
  const taken = new Map<string, number>()
  const inList = new Map<number, number>()
  for (const code of [...fixed.values(), ...held.values()]) {
    if (code === null) continue
    taken.set(code, (taken.get(code) ?? 0) + 1)
    const { listId } = facts.codes.get(code)!
    inList.set(listId, (inList.get(listId) ?? 0) + 1)
  }
  return {
    ...facts,
    applicants: facts.applicants.filter(({ participantId }) => !fixed.has(participantId)),
    posts: facts.posts.map((post) => ({
      ...post,
      capacity: Math.max(0, post.capacity - (taken.get(post.code) ?? 0)),
      minimum: Math.max(0, post.minimum - (taken.get(post.code) ?? 0)),
    })),
    lists: facts.lists.map((list) => ({
      ...list,
      capacity:
        list.capacity === null ? null : Math.max(0, list.capacity - (inList.get(list.id) ?? 0)),
    })),
  }
}

/** Post codes by participant as the result that holds now has them. */
export async function currentAssignments(
  round: RoundRow,
  client: Client
): Promise<Map<number, string>> {
  if (round.matchingId === null) return new Map()
  const results = await resultsOf(round.matchingId, client)
  return new Map(
    results.flatMap(({ participantId, postCode }) =>
      postCode === null ? [] : [[participantId, postCode] as const]
    )
  )
}
