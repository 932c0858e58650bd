import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { buildInstance, rankedOrder } from '../domain/instance.js'
import { checkMatching } from '../domain/matching/check.js'
import { readMarket } from '../domain/matching/read_market.js'
import { solveMatching } from '../domain/matching/solve.js'
import { changesBetween, explain, waitingLists, type Assignments } from '../domain/outcome.js'
import {
  currentAssignments,
  matchingFacts,
  withoutFixed,
  type MatchingFacts,
} from '../queries/matching_facts.js'
import type { SelectionPost } from '../queries/posts.js'
import { resultsOf, type MatchingKind, type ResultRow } from '../queries/results.js'
import type { RoundRow } from '../queries/rounds.js'
import { assignmentsOf, keepMatching, type NewResult } from './keep_matching.js'

export const ALGORITHM = 'applicant-proposing deferred acceptance'

export interface RunInput {
  kind: Exclude<MatchingKind, 'placement'>
  causeId?: number
}

/**
 * Solves the round as it stands and keeps the result with its certificate; returns its id. Who has
 * declined is out, who has signed or stands by an exception stays, the others are solved by the same
 * rankings; who was placed elsewhere keeps that place unless these now give a preference. The result
 * is checked by the checker before it is kept.
 */
export async function runMatching(
  trx: Trx,
  actor: Actor,
  round: RoundRow,
  input: RunInput
): Promise<number> {
  const facts = await matchingFacts(round, trx)
  const before = await currentAssignments(round, trx)
  const earlier = round.matchingId === null ? [] : await resultsOf(round.matchingId, trx)
  const fixed = await fixedPlaces(trx, round, facts, earlier)
  const held = placedElsewhere(earlier, fixed, facts)
  refuseOverfull(facts, fixed, held)
  const { open, instance, market, solved } = solveOpen(facts, fixed, held)
  const check = checkMatching(market, solved.assignments)
  const reasons = explain(open, solved)
  const ids = new Map(facts.applicants.map((one) => [one.pseudonym, one.participantId]))
  const results: NewResult[] = facts.applicants.map(({ participantId, pseudonym }) => {
    const kept = fixed.get(participantId)
    if (kept) return { participantId, ...kept }
    const why = reasons.get(participantId)!
    const post = solved.assignments[pseudonym]
    if (post) return { participantId, post, way: 'matched', why }
    const place = held.get(participantId) ?? null
    return { participantId, post: place, way: place === null ? 'unplaced' : 'placed', why }
  })
  const after = assignmentsOf(results)
  const exceptions = [...fixed].filter(([, { way }]) => way === 'exception').map(([id]) => id)
  return keepMatching(trx, actor, round, {
    ...input,
    facts,
    instance,
    check,
    results,
    algorithm: ALGORITHM,
    summary: {
      decidedByLot: solved.decidedByLot.map((pseudonym) => ids.get(pseudonym)!),
      unmetMinimums: solved.unmetMinimums,
      waiting: Object.fromEntries(waitingLists(open, after, (post) => rankedOrder(instance, post))),
      changes: round.matchingId === null ? [] : changesBetween(before, after),
      exceptions,
      ...brokenBy(facts, after, exceptions),
    },
  })
}

type Fixed = Map<number, Omit<NewResult, 'participantId'>>

/** Who stays where he is whatever is solved: exceptions, and those who have signed. */
async function fixedPlaces(
  trx: Trx,
  round: RoundRow,
  facts: MatchingFacts,
  earlier: readonly ResultRow[]
): Promise<Fixed> {
  const fixed: Fixed = new Map()
  for (const { participantId: id, postCode: post, way, why } of earlier) {
    if (facts.people.get(id)?.answer !== 'signed') continue
    fixed.set(id, { post, way: way === 'placed' ? 'placed' : 'kept', why })
  }
  const exceptions = await trx
    .from('selection_exceptions as x')
    .join('documents as d', 'd.id', 'x.document_id')
    .where({ 'x.round_id': round.id, 'x.state': 'approved' })
    .orderBy('x.id')
    .select('x.participant_id', 'x.post_id', 'x.reason', 'd.document_no')
  const codes = new Map([...facts.codes.values()].map((post) => [post.id, post.code]))
  for (const row of exceptions) {
    const id = Number(row.participant_id)
    if (!facts.people.has(id)) continue
    const post = row.post_id === null ? null : codes.get(Number(row.post_id))!
    const exception = { documentNo: row.document_no, reason: row.reason }
    fixed.set(id, { post, way: 'exception', why: { wishes: [], decidedByLot: false, exception } })
  }
  return fixed
}

/** Exceptions give nobody a place that signed or placed people and other exceptions have filled. */
function refuseOverfull(facts: MatchingFacts, fixed: Fixed, held: Map<number, string>) {
  const codes = [...[...fixed.values()].flatMap(({ post }) => post ?? []), ...held.values()]
  const taken = (fits: (post: SelectionPost) => boolean) =>
    codes.filter((code) => fits(facts.codes.get(code)!)).length
  const full =
    [...facts.codes.values()].find(
      ({ id, capacity }) => taken((one) => one.id === id) > capacity
    ) ??
    facts.lists.find(
      ({ id, capacity }) => capacity !== null && taken((one) => one.listId === id) > capacity
    )
  if (full) throw new DomainError('selection.errors.no_free_place', { post: full.code })
}

/** Places of those who were placed elsewhere and may still rise to a preference. */
function placedElsewhere(earlier: readonly ResultRow[], fixed: Fixed, { people }: MatchingFacts) {
  return new Map(
    earlier.flatMap(({ participantId: id, postCode, way }) =>
      way === 'placed' && postCode !== null && people.has(id) && !fixed.has(id)
        ? [[id, postCode] as const]
        : []
    )
  )
}

/**
 * Solves for those who are not fixed. Whoever of the placed gets a preference gives the held place
 * back, and it is solved again with it: with more room nobody gets worse, so that this ends.
 */
function solveOpen(facts: MatchingFacts, fixed: Fixed, held: Map<number, string>) {
  const pseudonyms = new Map(facts.applicants.map((one) => [one.participantId, one.pseudonym]))
  const places = new Map([...fixed].map(([id, { post }]) => [id, post]))
  for (;;) {
    const open = withoutFixed(facts, places, held)
    const instance = buildInstance(open)
    const market = readMarket(JSON.stringify(instance))
    const solved = solveMatching(market)
    const risen = [...held.keys()].filter((id) => solved.assignments[pseudonyms.get(id)!])
    if (risen.length === 0) return { open, instance, market, solved }
    for (const id of risen) held.delete(id)
  }
}

/** What the checker says of the round as a whole when these people stand where they stand. */
export function checkWhole(facts: MatchingFacts, assignments: Assignments) {
  const pseudonyms = new Map(facts.applicants.map((one) => [one.participantId, one.pseudonym]))
  const ids = new Map(facts.applicants.map((one) => [one.pseudonym, one.participantId]))
  const named = Object.fromEntries(
    [...assignments].flatMap(([id, post]) =>
      pseudonyms.has(id) ? [[pseudonyms.get(id)!, post]] : []
    )
  )
  const check = checkMatching(readMarket(JSON.stringify(buildInstance(facts))), named)
  return {
    pairs: check.blockingPairs.map(({ applicant, post }) => ({
      participantId: ids.get(applicant)!,
      post,
    })),
    /** A cap that is broken names nobody. */
    violations: check.violations.map(({ kind, applicant, post }) => ({
      participantId: ids.get(applicant) ?? null,
      kind,
      post,
    })),
  }
}

function brokenBy(facts: MatchingFacts, after: Assignments, exceptions: readonly number[]) {
  if (exceptions.length === 0) return { exceptionPairs: [], exceptionViolations: [] }
  const { pairs, violations } = checkWhole(facts, after)
  return {
    exceptionPairs: pairs,
    exceptionViolations: violations.flatMap(({ participantId, ...what }) =>
      participantId !== null && exceptions.includes(participantId)
        ? [{ participantId, ...what }]
        : []
    ),
  }
}
