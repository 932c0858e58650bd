import { record } from '#audit/actions/record'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { ActiveGrant, Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { byLot, eligiblePosts } from '../domain/instance.js'
import { changesBetween, type Assignments, type Reasons } from '../domain/outcome.js'
import { checkPlacement, placeElsewhere, type PlacementInstance } from '../domain/placement.js'
import { currentAssignments, matchingFacts, type MatchingFacts } from '../queries/matching_facts.js'
import { matchingById, resultsOf, type Summary } from '../queries/results.js'
import { roundById } from '../queries/rounds.js'
import { syncArrangements } from './arrangements.js'
import { holdRound } from './hold_round.js'
import { publishChanges } from './publish.js'
import { assignmentsOf, keepMatching, type NewResult } from './keep_matching.js'

export const PLACEMENT_ALGORITHM = 'maximum placement in the order of the lot'

/**
 * Placement elsewhere (调剂), a second result beside the first: people without a place who accept it,
 * on free posts for which their nature is eligible, as many as possible, in the order of the lot.
 * Everybody else stays. Returns how many were placed.
 */
export async function runPlacement(
  input: { roundId: number; version: number; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await holdRound(client, input.roundId)
    const round = await roundById(input.roundId, client)
    if (!['confirmation', 'arrangement'].includes(round.state)) {
      throw new DomainError('selection.errors.no_placement_now')
    }
    const facts = await matchingFacts(round, client)
    const now = await currentAssignments(round, client)
    const { free, groups } = freePlaces(facts, now)
    const unfit = new Set(
      facts.rankings.flatMap(({ listId, participantId, scoreCenti }) =>
        scoreCenti === null ? [`${listId}/${participantId}`] : []
      )
    )
    const before = await resultsOf(round.matchingId!, client)
    const decided = new Set(
      before.filter(({ way }) => way === 'exception').map(({ participantId }) => participantId)
    )
    const byPseudonym = new Map(facts.applicants.map((one) => [one.pseudonym, one.participantId]))
    const waiting = facts.applicants.filter(
      ({ participantId: id }) =>
        !now.has(id) &&
        !decided.has(id) &&
        facts.acceptsPlacement.has(id) &&
        facts.people.get(id)!.answer === 'open'
    )
    const order = byLot(
      waiting.map(({ pseudonym }) => pseudonym),
      facts.seed
    )
    const people = order.map((pseudonym) => {
      const id = byPseudonym.get(pseudonym)!
      const posts = eligiblePosts([...facts.codes.values()], facts.people.get(id)!.nature)
      // Where the list has found somebody unacceptable he is not placed either.
      const fit = posts.filter(({ listId }) => !unfit.has(`${listId}/${id}`))
      return { id, eligible: fit.map(({ code }) => code) }
    })
    const placed = placeElsewhere({ people, free, groups })
    if (placed.size === 0) throw new DomainError('selection.errors.nobody_to_place')

    const nameOf = (id: number) => facts.people.get(id)!.pseudonym
    const instance: PlacementInstance = {
      people: people.map(({ id, eligible }) => ({ id: nameOf(id), eligible })),
      free: Object.fromEntries([...free].filter(([, places]) => places > 0)),
      ...(groups.length > 0 && { groups }),
      seed: facts.seed,
    }
    const named = Object.fromEntries([...placed].map(([id, post]) => [nameOf(id), post]))
    const violations = checkPlacement(instance, named)
    const { summary } = await matchingById(round.matchingId!, client)
    const results = before
      .filter(({ participantId }) => facts.people.has(participantId))
      .map((row): NewResult => placedResult(row, placed.get(row.participantId)))
    await keepMatching(
      client,
      actor,
      { ...round, version: input.version },
      {
        kind: 'placement',
        facts,
        instance,
        check: { stable: violations.length === 0, blockingPairs: [], violations },
        results,
        algorithm: PLACEMENT_ALGORITHM,
        // The first result stands as it is: what was said of it still holds.
        summary: {
          decidedByLot: summary.decidedByLot,
          unmetMinimums: unmet(summary.unmetMinimums, assignmentsOf(results)),
          waiting: summary.waiting,
          changes: changesBetween(now, assignmentsOf(results)),
          exceptions: summary.exceptions,
          exceptionPairs: summary.exceptionPairs,
          exceptionViolations: summary.exceptionViolations,
        },
      }
    )
    await record(client, actor, {
      action: 'selection.round.placement',
      subjectType: 'selection_round',
      subjectId: round.id,
      changes: { people: placed.size },
      grant: input.grant,
    })
    await publishChanges(client, actor, round.id, await loadCalendar(client))
    await syncArrangements(client, await roundById(round.id, client))
    return placed.size
  }, trx)
}

/** What nobody has of the posts, and of the caps that several share. */
function freePlaces(facts: MatchingFacts, now: Assignments) {
  const posts = [...facts.codes.values()]
  const taken = (codes: readonly string[]) =>
    [...now.values()].filter((post) => codes.includes(post)).length
  const free = new Map(
    posts.map(({ code, capacity }) => [code, Math.max(0, capacity - taken([code]))])
  )
  const groups = facts.lists.flatMap(({ id, code, capacity }) => {
    const codes = posts.filter(({ listId }) => listId === id).map((post) => post.code)
    return capacity === null
      ? []
      : [{ code, free: Math.max(0, capacity - taken(codes)), posts: codes }]
  })
  return { free, groups }
}

/** Minimums that are still not met. */
function unmet(before: Summary['unmetMinimums'], after: Assignments) {
  return before
    .map((row) => ({
      ...row,
      placed: [...after.values()].filter((post) => post === row.post).length,
    }))
    .filter(({ minimum, placed }) => placed < minimum)
}

function placedResult(
  row: { participantId: number; postCode: string | null; way: NewResult['way']; why: Reasons },
  post: string | undefined
): NewResult {
  const { participantId, why, way } = row
  if (post) return { participantId, post, way: 'placed', why }
  return { participantId, post: row.postCode, way, why }
}
