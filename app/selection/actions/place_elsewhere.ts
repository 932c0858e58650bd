import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { byLot, eligiblePosts } from '../domain/instance.js'
import { changesBetween, type Reasons } from '../domain/outcome.js'
import { placeElsewhere } from '../domain/placement.js'
import { currentAssignments, matchingFacts } from '../queries/matching_facts.js'
import { resultsOf } from '../queries/results.js'
import { roundById } from '../queries/rounds.js'
import { syncArrangements } from './arrangements.js'
import { assignmentsOf, keepMatching, type NewResult } from './run_matching.js'

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
    const round = await roundById(input.roundId, client)
    if (!['confirmation', 'arrangement'].includes(round.state)) {
      throw new DomainError('selection.errors.no_placement_now')
    }
    const facts = await matchingFacts(round, client)
    const now = await currentAssignments(round, client)
    const free = new Map(
      [...facts.codes.values()].map(({ code, capacity }) => {
        const taken = [...now.values()].filter((post) => post === code).length
        return [code, Math.max(0, capacity - taken)]
      })
    )
    const byPseudonym = new Map(facts.applicants.map((one) => [one.pseudonym, one.participantId]))
    const waiting = facts.applicants.filter(
      ({ participantId: id }) =>
        !now.has(id) && facts.acceptsPlacement.has(id) && facts.people.get(id)!.answer === 'open'
    )
    const order = byLot(
      waiting.map(({ pseudonym }) => pseudonym),
      facts.seed
    )
    const people = order.map((pseudonym) => {
      const id = byPseudonym.get(pseudonym)!
      const posts = eligiblePosts([...facts.codes.values()], facts.people.get(id)!.nature)
      return { id, eligible: posts.map(({ code }) => code) }
    })
    const placed = placeElsewhere({ people, free })
    if (placed.size === 0) throw new DomainError('selection.errors.nobody_to_place')

    const before = await resultsOf(round.matchingId!, client)
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
        instance: {
          people: people.map(({ id, eligible }) => ({
            ...{ id: facts.people.get(id)!.pseudonym, eligible },
          })),
          free: Object.fromEntries([...free].filter(([, places]) => places > 0)),
          seed: facts.seed,
        },
        check: { stable: true, blockingPairs: [], violations: [] },
        results,
        algorithm: PLACEMENT_ALGORITHM,
        summary: {
          decidedByLot: [],
          unmetMinimums: [],
          waiting: {},
          changes: changesBetween(now, assignmentsOf(results)),
          exceptions: [],
          exceptionPairs: [],
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
    await syncArrangements(client, await roundById(round.id, client))
    return placed.size
  }, trx)
}

function placedResult(
  row: { participantId: number; postCode: string | null; way: NewResult['way']; why: Reasons },
  post: string | undefined
): NewResult {
  const { participantId, why } = row
  if (post) return { participantId, post, way: 'placed', why }
  return { participantId, post: row.postCode, way: row.postCode ? 'kept' : row.way, why }
}
