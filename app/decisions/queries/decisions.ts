import db from '@adonisjs/lucid/services/db'
import type { Client } from './client.js'
import { toInt } from '#shared/database'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { NotFoundError } from '#shared/errors'
import type { DecisionState } from '../domain/decision_states.js'
import type { DecisionValue } from '../domain/value_forms.js'

/** What a decider needs to see of a held row, as its module wrote it. */
export interface HeldEvidence {
  title?: string
  units?: Array<{ unitId: number; unitName: string; detail?: string }>
  facts?: Array<{ label: string; value: string }>
  [key: string]: unknown
}

export interface DecisionRow {
  id: number
  kind: 'missing' | 'held' | 'replacement'
  code: string
  /** The code it speaks about: its own, or that of the decision a replacement would replace. */
  topic: string
  state: DecisionState
  subjectType: string | null
  subjectId: number | null
  evidence: HeldEvidence
  value: DecisionValue | null
  reason: string | null
  documentId: number | null
  documentNo: string | null
  effectiveOn: string | null
  proposedBy: number | null
  proposedByName: string | null
  proposedAt: string | null
  decidedBy: number | null
  decidedByName: string | null
  decidedAt: string | null
  replacedBy: number | null
  version: number
}

/** One decision, or 404. Inside a transaction pass it as `client`. */
export async function decisionById(id: number, client: Client = db): Promise<DecisionRow> {
  const row = await rowsFrom(client).where('decisions.id', id).first()
  if (!row) throw new NotFoundError('decision')
  return decisionOf(row)
}

/** The live decision of a code, in whatever state; null when nobody asked for it yet. */
export async function findDecision(code: string, client: Client = db): Promise<DecisionRow | null> {
  const row = await rowsFrom(client).where({ 'decisions.code': code, 'decisions.live': 1 }).first()
  return row ? decisionOf(row) : null
}

/**
 * The decided value of a code that counts on a civil date: one with an effective date counts from
 * that day, and until then the one that it replaces; null when none does.
 */
export async function decisionInForce(
  code: string,
  date: string,
  client: Client = db
): Promise<DecisionRow | null> {
  const live = await findDecision(code, client)
  let found = live?.state === 'decided' ? live : null
  while (found?.effectiveOn && found.effectiveOn > date) {
    const before = await rowsFrom(client).where('decisions.replaced_by', found.id).first()
    found = before ? decisionOf(before) : null
  }
  return found
}

export interface DecisionFilters {
  state?: string | null
  kind?: string | null
  cursor: string | null
}

/** Newest first. */
export async function decisionPage(filters: DecisionFilters): Promise<KeysetPage<DecisionRow>> {
  const query = rowsFrom(db)
  if (filters.state) query.where('decisions.state', filters.state)
  if (filters.kind) query.where('decisions.kind', filters.kind)
  const page = await keysetPage<any>(query, {
    column: 'decisions.id',
    idColumn: 'decisions.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(decisionOf) }
}

/** Decisions in a state, or the first of them, oldest first: what waits for somebody. */
export async function decisionsInState(
  state: DecisionState,
  first?: number
): Promise<DecisionRow[]> {
  const query = rowsFrom(db).where('decisions.state', state).orderBy('decisions.id')
  if (first) query.limit(first)
  return (await query).map(decisionOf)
}

export async function countDecisions(state: DecisionState): Promise<number> {
  return toInt((await db.from('decisions').where('state', state).count('* as total').first()).total)
}

function rowsFrom(client: Client) {
  return client
    .from('decisions')
    .leftJoin('documents', 'documents.id', 'decisions.document_id')
    .leftJoin('users as proposers', 'proposers.id', 'decisions.proposed_by')
    .leftJoin('users as deciders', 'deciders.id', 'decisions.decided_by')
    .select('decisions.*', 'documents.document_no')
    .select('proposers.name as proposer_name', 'deciders.name as decider_name')
}

function decisionOf(row: any): DecisionRow {
  const evidence = JSON.parse(row.evidence)
  return {
    id: Number(row.id),
    kind: row.kind,
    code: row.code,
    topic: row.kind === 'replacement' && evidence.code ? evidence.code : row.code,
    state: row.state,
    subjectType: row.subject_type,
    subjectId: idOrNull(row.subject_id),
    evidence,
    value: row.value === null ? null : JSON.parse(row.value),
    reason: row.reason,
    documentId: idOrNull(row.document_id),
    documentNo: row.document_no,
    effectiveOn: row.effective_on,
    proposedBy: idOrNull(row.proposed_by),
    proposedByName: row.proposer_name,
    proposedAt: row.proposed_at,
    decidedBy: idOrNull(row.decided_by),
    decidedByName: row.decider_name,
    decidedAt: row.decided_at,
    replacedBy: idOrNull(row.replaced_by),
    version: Number(row.version),
  }
}

function idOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
