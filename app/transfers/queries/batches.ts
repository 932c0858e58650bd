import db from '@adonisjs/lucid/services/db'
import { inChunks, type Row } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import type { Client } from '#decisions/queries/client'
import { UNDER_WAY, type BatchState } from '../domain/states.js'
import type { ApprovalLine } from '../domain/steps.js'

export interface BatchRow {
  id: number
  number: string
  title: string
  documentId: number | null
  documentNo: string | null
  effectiveOn: string
  reason: string | null
  state: BatchState
  /** Null before the first submission. */
  line: ApprovalLine | null
  /** Step that is due, from 0. */
  step: number
  contentHash: string | null
  reversesId: number | null
  splitFromId: number | null
  preparedBy: number | null
  preparedByName: string | null
  checkedAt: string | null
  submittedAt: string | null
  executedAt: string | null
  certificateId: number | null
  version: number
  createdAt: string
}

/** One batch, or 404. Inside a transaction pass it as `client`. */
export async function batchById(id: number, client: Client = db): Promise<BatchRow> {
  const row = await batchQuery(client).where('b.id', id).first()
  if (!row) throw new NotFoundError('transfer batch')
  return toBatch(row)
}

/** Batches with document and preparer; `b` is the batch. */
export function batchQuery(client: Client = db) {
  return client
    .from('transfer_batches as b')
    .leftJoin('documents as doc', 'doc.id', 'b.document_id')
    .leftJoin('users as preparer', 'preparer.id', 'b.prepared_by')
    .select('b.*', 'doc.document_no', 'preparer.name as preparer_name')
}

export function toBatch(row: Row): BatchRow {
  return {
    id: Number(row.id),
    number: row.number,
    title: row.title,
    documentId: idOrNull(row.document_id),
    documentNo: row.document_no,
    effectiveOn: row.effective_on,
    reason: row.reason,
    state: row.state,
    line: JSON.parse(row.steps),
    step: Number(row.step),
    contentHash: row.content_hash,
    reversesId: idOrNull(row.reverses_id),
    splitFromId: idOrNull(row.split_from_id),
    preparedBy: idOrNull(row.prepared_by),
    preparedByName: row.preparer_name,
    checkedAt: row.checked_at,
    submittedAt: row.submitted_at,
    executedAt: row.executed_at,
    certificateId: idOrNull(row.certificate_id),
    version: Number(row.version),
    createdAt: row.created_at,
  }
}

export interface BatchUnits {
  from: number[]
  to: number[]
  /** Both, each once, ascending. */
  all: number[]
}

/** The units that give and take in a batch. */
export async function unitsOfBatch(id: number, client: Client = db): Promise<BatchUnits> {
  return (await unitsOfBatches([id], client)).get(id)!
}

/** The same of several at once. */
export async function unitsOfBatches(
  batchIds: number[],
  client: Client = db
): Promise<Map<number, BatchUnits>> {
  const rows = await inChunks(batchIds, 400, (ids) =>
    client
      .from('transfer_lines')
      .whereIn('batch_id', ids)
      .distinct('batch_id', 'from_unit_id', 'to_unit_id')
  )
  const lines = Map.groupBy(rows, (row: any) => Number(row.batch_id))
  return new Map(batchIds.map((id) => [id, unitsOfLines(lines.get(id) ?? [])]))
}

function unitsOfLines(rows: any[]): BatchUnits {
  const sorted = (ids: number[]) => [...new Set(ids)].sort((a, b) => a - b)
  const from = sorted(rows.map((row) => Number(row.from_unit_id)))
  const to = sorted(rows.map((row) => Number(row.to_unit_id)))
  return { from, to, all: sorted([...from, ...to]) }
}

/** The number of a batch under way that has one of these lines, null when there is none. */
export async function batchUnderWayOf(lineIds: number[], client: Client): Promise<string | null> {
  const rows = await inChunks(lineIds, 400, (ids) =>
    client
      .from('transfer_lines as l')
      .join('transfer_batches as b', 'b.id', 'l.batch_id')
      .whereIn('l.id', ids)
      .whereIn('b.state', [...UNDER_WAY])
      .select('b.number')
  )
  return rows[0]?.number ?? null
}

/** Everybody who made or changed the batch: none of them may sign it. */
export async function preparersOf(batch: BatchRow, client: Client = db): Promise<Set<number>> {
  const rows = await client
    .from('audit_events')
    .where({ subject_type: 'transfer_batch', subject_id: batch.id })
    .whereIn('action', PREPARING)
    .whereNotNull('actor_id')
    .distinct('actor_id')
  const ids = rows.map((row) => Number(row.actor_id))
  return new Set(batch.preparedBy === null ? ids : [...ids, batch.preparedBy])
}

const PREPARING = [
  'created',
  'edited',
  'lines_added',
  'lines_removed',
  'targets_set',
  'split',
  'submitted',
].map((act) => `transfers.batch.${act}`)

function idOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
