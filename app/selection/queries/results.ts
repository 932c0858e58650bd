import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import type { MatchingCheck, MatchingInstance } from '../domain/matching/types.js'
import type { Change, Figures, Reasons } from '../domain/outcome.js'

export type MatchingKind =
  'first' | 'objection' | 'decline' | 'backfill' | 'exception' | 'placement'
export type Way = 'matched' | 'kept' | 'placed' | 'exception' | 'unplaced'

export interface Summary extends Figures {
  decidedByLot: number[]
  unmetMinimums: { post: string; minimum: number; placed: number }[]
  /** Waiting lists: participants by post code, in order. */
  waiting: Record<string, number[]>
  changes: Change[]
  /** People whose place was fixed by an exception. */
  exceptions: number[]
  /** Pairs that exceptions made block in the round as a whole. */
  exceptionPairs: { participantId: number; post: string }[]
  /** What they broke besides: somebody on a post that he did not choose or that does not rank him. */
  exceptionViolations: { participantId: number; kind: string; post: string }[]
}

export interface MatchingRow {
  id: number
  roundId: number
  run: number
  kind: MatchingKind
  previousId: number | null
  causeId: number | null
  instanceHash: string
  check: MatchingCheck
  summary: Summary
  certificateId: number | null
  madeAt: string
  publishedAt: string | null
}

export interface ResultRow {
  id: number
  matchingId: number
  participantId: number
  postId: number | null
  postCode: string | null
  postName: string | null
  unitId: number | null
  unitName: string | null
  choice: number | null
  way: Way
  why: Reasons
}

const COLUMNS = [
  'id',
  'round_id',
  'run',
  'kind',
  'previous_id',
  'cause_id',
  'instance_hash',
  'check_result',
  'summary',
  'certificate_id',
  'made_at',
  'published_at',
]

export async function matchingById(id: number, client: Client = db): Promise<MatchingRow> {
  const row = await client.from('selection_matchings').where('id', id).select(COLUMNS).first()
  if (!row) throw new NotFoundError('matching')
  return matchingOf(row)
}

/** Every result of a round, newest first. */
export async function matchingsOf(roundId: number, client: Client = db): Promise<MatchingRow[]> {
  const rows = await client
    .from('selection_matchings')
    .where('round_id', roundId)
    .orderBy('run', 'desc')
    .select(COLUMNS)
  return rows.map(matchingOf)
}

/** The last result up to a run that can be solved again: a placement is none. Null: there is none. */
export async function verifiableRun(
  roundId: number,
  upTo: { run?: number; published: boolean }
): Promise<number | null> {
  const query = db
    .from('selection_matchings')
    .where('round_id', roundId)
    .whereNot('kind', 'placement')
    .orderBy('run', 'desc')
  if (upTo.run !== undefined) query.where('run', '<=', upTo.run)
  if (upTo.published) query.whereNotNull('published_at')
  const row = await query.select('id').first()
  return row ? Number(row.id) : null
}

/** What a result changed for people who still take part; who left has said so himself. */
export async function changesOf({ id, summary }: MatchingRow, client: Client = db) {
  const rows = await client
    .from('selection_results')
    .where('matching_id', id)
    .select('participant_id')
  const there = new Set(rows.map((row) => Number(row.participant_id)))
  return summary.changes.filter(({ participantId }) => there.has(participantId))
}

/** What was solved, as it was hashed. */
export async function instanceOf(id: number): Promise<MatchingInstance> {
  const row = await db.from('selection_matchings').where('id', id).select('instance').firstOrFail()
  return JSON.parse(row.instance)
}

export async function resultsOf(matchingId: number, client: Client = db): Promise<ResultRow[]> {
  const rows = await resultsFrom(client).where('x.matching_id', matchingId).orderBy('x.id')
  return rows.map(resultOf)
}

export async function resultOfPerson(
  matchingId: number | null,
  participantId: number,
  client: Client = db
): Promise<ResultRow | null> {
  if (matchingId === null) return null
  const row = await resultsFrom(client)
    .where({ 'x.matching_id': matchingId, 'x.participant_id': participantId })
    .first()
  return row ? resultOf(row) : null
}

function resultsFrom(client: Client) {
  return client
    .from('selection_results as x')
    .leftJoin('selection_posts as s', 's.id', 'x.post_id')
    .leftJoin('posts as o', 'o.id', 's.post_id')
    .leftJoin('units as u', 'u.id', 'o.unit_id')
    .select('x.*', 's.code', 'o.name as post_name', 'o.unit_id', 'u.name as unit_name')
}

function matchingOf(row: any): MatchingRow {
  return {
    id: Number(row.id),
    roundId: Number(row.round_id),
    run: Number(row.run),
    kind: row.kind,
    previousId: idOrNull(row.previous_id),
    causeId: idOrNull(row.cause_id),
    instanceHash: row.instance_hash,
    check: JSON.parse(row.check_result),
    summary: { exceptionViolations: [], ...JSON.parse(row.summary) },
    certificateId: idOrNull(row.certificate_id),
    madeAt: row.made_at,
    publishedAt: row.published_at,
  }
}

function resultOf(row: any): ResultRow {
  return {
    id: Number(row.id),
    matchingId: Number(row.matching_id),
    participantId: Number(row.participant_id),
    postId: idOrNull(row.post_id),
    postCode: row.code,
    postName: row.post_name,
    unitId: idOrNull(row.unit_id),
    unitName: row.unit_name,
    choice: idOrNull(row.choice),
    way: row.way,
    why: JSON.parse(row.why),
  }
}
