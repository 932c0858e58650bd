import { record } from '#audit/actions/record'
import { sealEvents } from '#audit/actions/seal'
import type { Actor } from '#shared/actor'
import { certificateJson, sealMatching } from '#shared/certificates/seal'
import { hashOf } from '#shared/certificates/format'
import { clock } from '#shared/clock'
import { affected, bulkInsert, insertRow, type Trx } from '#shared/database'
import { StaleError } from '#shared/errors'
import { buildInstance, rankedOrder } from '../domain/instance.js'
import { checkMatching } from '../domain/matching/check.js'
import { readMarket } from '../domain/matching/read_market.js'
import { solveMatching } from '../domain/matching/solve.js'
import {
  changesBetween,
  explain,
  figuresOf,
  waitingLists,
  type Assignments,
  type Reasons,
} from '../domain/outcome.js'
import {
  currentAssignments,
  matchingFacts,
  withoutFixed,
  type MatchingFacts,
} from '../queries/matching_facts.js'
import { resultsOf, type MatchingKind, type Summary, type Way } from '../queries/results.js'
import type { RoundRow } from '../queries/rounds.js'

export const ALGORITHM = 'applicant-proposing deferred acceptance'

export interface RunInput {
  kind: Exclude<MatchingKind, 'placement'>
  causeId?: number
}

export interface NewResult {
  participantId: number
  post: string | null
  way: Way
  why: Reasons
}

/**
 * Solves the round as it stands and keeps the result with its certificate; returns its id. Who has
 * declined is out, who has signed or stands by an exception stays, the others are solved by the same
 * rankings. The result is checked by the checker before it is kept.
 */
export async function runMatching(
  trx: Trx,
  actor: Actor,
  round: RoundRow,
  input: RunInput
): Promise<number> {
  const facts = await matchingFacts(round, trx)
  const before = await currentAssignments(round, trx)
  const fixed = await fixedPlaces(trx, round, facts, before)
  const open = withoutFixed(facts, new Map([...fixed].map(([id, { post }]) => [id, post])))
  const instance = buildInstance(open)
  const market = readMarket(JSON.stringify(instance))
  const solved = solveMatching(market)
  const check = checkMatching(market, solved.assignments)
  const reasons = explain(open, solved)
  const ids = new Map(facts.applicants.map((one) => [one.pseudonym, one.participantId]))
  const results: NewResult[] = facts.applicants.map(({ participantId, pseudonym }) => {
    const kept = fixed.get(participantId)
    if (kept) return { participantId, ...kept }
    const post = solved.assignments[pseudonym] ?? null
    const way = post === null ? 'unplaced' : 'matched'
    return { participantId, post, way, why: reasons.get(participantId)! }
  })
  const after = assignmentsOf(results)
  const exceptions = [...fixed].filter(([, { way }]) => way === 'exception').map(([id]) => id)
  return keepMatching(trx, actor, round, {
    ...{ ...input, facts, instance, check, results, algorithm: ALGORITHM },
    summary: {
      decidedByLot: solved.decidedByLot.map((pseudonym) => ids.get(pseudonym)!),
      unmetMinimums: solved.unmetMinimums,
      waiting: Object.fromEntries(waitingLists(open, after, (post) => rankedOrder(instance, post))),
      changes: round.matchingId === null ? [] : changesBetween(before, after),
      exceptions,
      exceptionPairs: exceptions.length ? pairsOf(facts, after) : [],
    },
  })
}

/** Who stays where he is whatever is solved: exceptions, and those who have signed. */
async function fixedPlaces(
  trx: Trx,
  round: RoundRow,
  facts: MatchingFacts,
  before: Assignments
): Promise<Map<number, Omit<NewResult, 'participantId'>>> {
  const fixed = new Map<number, Omit<NewResult, 'participantId'>>()
  const why = new Map(
    round.matchingId === null
      ? []
      : (await resultsOf(round.matchingId, trx)).map((row) => [row.participantId, row.why])
  )
  const none: Reasons = { wishes: [], decidedByLot: false }
  for (const { id, answer } of facts.people.values()) {
    if (answer !== 'signed') continue
    fixed.set(id, { post: before.get(id) ?? null, way: 'kept', why: why.get(id) ?? none })
  }
  const exceptions = await trx
    .from('selection_exceptions')
    .where({ round_id: round.id, state: 'approved' })
    .orderBy('id')
  const codes = new Map([...facts.codes.values()].map((post) => [post.id, post.code]))
  for (const row of exceptions) {
    const id = Number(row.participant_id)
    if (!facts.people.has(id)) continue
    const post = row.post_id === null ? null : codes.get(Number(row.post_id))!
    fixed.set(id, { post, way: 'exception', why: why.get(id) ?? none })
  }
  return fixed
}

/** Pairs that block in the round as a whole when these people stand where they stand. */
export function pairsOf(facts: MatchingFacts, assignments: Assignments) {
  const pseudonyms = new Map(facts.applicants.map((one) => [one.participantId, one.pseudonym]))
  const ids = new Map(facts.applicants.map((one) => [one.pseudonym, one.participantId]))
  const named = Object.fromEntries(
    [...assignments].flatMap(([id, post]) =>
      pseudonyms.has(id) ? [[pseudonyms.get(id)!, post]] : []
    )
  )
  const { blockingPairs } = checkMatching(readMarket(JSON.stringify(buildInstance(facts))), named)
  return blockingPairs.map(({ applicant, post }) => ({ participantId: ids.get(applicant)!, post }))
}

export function assignmentsOf(results: readonly NewResult[]): Map<number, string> {
  return new Map(
    results.flatMap(({ participantId, post }) => (post === null ? [] : [[participantId, post]]))
  )
}

export interface Kept {
  kind: MatchingKind
  causeId?: number
  facts: MatchingFacts
  instance: unknown
  check: { stable: boolean; blockingPairs: unknown[]; violations: unknown[] }
  results: NewResult[]
  algorithm: string
  summary: Omit<Summary, keyof ReturnType<typeof figuresOf>>
}

/** Writes a result, makes it the one that holds, and seals its certificate. */
export async function keepMatching(
  trx: Trx,
  actor: Actor,
  round: RoundRow,
  kept: Kept
): Promise<number> {
  const { facts, results, instance, check } = kept
  const [{ last }] = await trx
    .from('selection_matchings')
    .where('round_id', round.id)
    .max('run as last')
  const choices = new Map(facts.applicants.map((one) => [one.participantId, one.preferences]))
  const rows = results.map((row) => {
    const wish = row.post === null ? -1 : (choices.get(row.participantId) ?? []).indexOf(row.post)
    return { ...row, choice: wish < 0 ? null : wish + 1 }
  })
  const summary: Summary = { ...figuresOf([...facts.codes.values()], rows), ...kept.summary }
  const run = Number(last ?? 0) + 1
  const instanceHash = hashOf(instance)
  const id = await insertRow(trx, 'selection_matchings', {
    round_id: round.id,
    run,
    kind: kept.kind,
    previous_id: round.matchingId,
    cause_id: kept.causeId ?? null,
    instance: JSON.stringify(instance),
    instance_hash: instanceHash,
    check_result: JSON.stringify(check),
    summary: JSON.stringify(summary),
    made_by: actor.userId,
    made_at: clock.now(),
    published_at: round.publicityFrom === null ? null : clock.now(),
  })
  await bulkInsert(
    trx,
    'selection_results',
    rows.map(({ participantId, post, choice, way, why }) => ({
      matching_id: id,
      participant_id: participantId,
      post_id: post === null ? null : facts.codes.get(post)!.id,
      ...{ choice, way, why: JSON.stringify(why) },
    }))
  )
  const held = await trx
    .from('selection_rounds')
    .where({ id: round.id, version: round.version })
    .update({ matching_id: id, version: round.version + 1, updated_at: clock.now() })
  if (!affected(held)) throw new StaleError({ id: round.id })
  await record(trx, actor, {
    action: `selection.matching.${kept.kind}`,
    subjectType: 'selection_round',
    subjectId: round.id,
    changes: {
      ...{ run, placed: summary.placed, unplaced: summary.unplaced },
      ...{ instance_hash: instanceHash, changed: summary.changes.length },
    },
  })
  await certify(trx, round, id, { ...kept, run, instanceHash, summary })
  return id
}

async function certify(
  trx: Trx,
  round: RoundRow,
  matchingId: number,
  made: Kept & { run: number; instanceHash: string; summary: Summary }
) {
  const head = await sealEvents(trx)
  const { summary, facts, check } = made
  const certificate = sealMatching({
    round: { number: round.number, name: round.name, documentNo: round.documentNo },
    ...{ run: made.run, result: made.kind, algorithm: made.algorithm },
    sealedPreferences: round.sealed,
    instanceHash: made.instanceHash,
    listHash: round.listHash ?? '',
    seed: round.seed ?? '',
    participants: summary.participants,
    places: summary.places,
    placed: summary.placed,
    unplaced: summary.unplaced,
    decidedByLot: summary.decidedByLot.length,
    exceptions: summary.exceptions.length,
    blockingPairs: check.blockingPairs.length + summary.exceptionPairs.length,
    violations: check.violations.length,
    posts: summary.posts.map(({ code, capacity, placed }) => {
      const { name, unitName } = facts.codes.get(code)!
      return { code, name, unit: unitName, capacity, placed }
    }),
    auditHead: { seq: head.sequence, hash: head.hash },
  })
  const certificateId = await insertRow(trx, 'certificates', {
    kind: certificate.kind,
    subject_type: 'selection_matching',
    subject_id: matchingId,
    body: certificateJson(certificate),
    hash: certificate.hash,
    audit_sequence: head.sequence,
    audit_hash: head.hash,
    created_at: clock.now(),
  })
  await trx
    .from('selection_matchings')
    .where('id', matchingId)
    .update({ certificate_id: certificateId })
}
