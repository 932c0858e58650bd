import { record } from '#audit/actions/record'
import { sealEvents } from '#audit/actions/seal'
import type { Actor } from '#shared/actor'
import { certificateJson, sealMatching } from '#shared/certificates/seal'
import { hashOf } from '#shared/certificates/format'
import { clock } from '#shared/clock'
import { affected, bulkInsert, inChunks, insertRow, type Trx } from '#shared/database'
import { StaleError } from '#shared/errors'
import { figuresOf, type Reasons } from '../domain/outcome.js'
import type { MatchingFacts } from '../queries/matching_facts.js'
import type { MatchingKind, Summary, Way } from '../queries/results.js'
import type { RoundRow } from '../queries/rounds.js'

export interface NewResult {
  participantId: number
  post: string | null
  way: Way
  why: Reasons
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
      choice,
      way,
      why: JSON.stringify(why),
    }))
  )
  const held = await trx
    .from('selection_rounds')
    .where({ id: round.id, version: round.version })
    .update({ matching_id: id, version: round.version + 1, updated_at: clock.now() })
  if (!affected(held))
    throw new StaleError({ id: round.id }, { type: 'selection_round', id: round.id })
  await renewVersions(trx, summary.changes)
  await record(trx, actor, {
    action: `selection.matching.${kept.kind}`,
    subjectType: 'selection_round',
    subjectId: round.id,
    changes: {
      run,
      placed: summary.placed,
      unplaced: summary.unplaced,
      instance_hash: instanceHash,
      changed: summary.changes.length,
    },
  })
  await certify(trx, round, id, { ...kept, run, instanceHash, summary })
  return id
}

/** Who has another place now than a page may still show cannot answer from that page. */
async function renewVersions(trx: Trx, changes: Summary['changes']) {
  const ids = changes.map(({ participantId }) => participantId)
  await inChunks(ids, 400, async (piece) => {
    await trx.from('selection_participants').whereIn('id', piece).increment('version', 1)
    return []
  })
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
    run: made.run,
    result: made.kind,
    algorithm: made.algorithm,
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
    violations: check.violations.length + summary.exceptionViolations.length,
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
