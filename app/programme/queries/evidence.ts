import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import type { EvidenceSource, EvidenceState } from '../domain/evidence.js'

export interface EvidenceRow {
  id: number
  itemId: number
  itemNumber: string
  itemName: string
  leadUnitId: number
  leadUnitName: string
  source: EvidenceSource
  happenedOn: string
  text: string
  documentNo: string | null
  state: EvidenceState
  comment: string | null
  submittedBy: number | null
  submittedByName: string | null
  decidedByName: string | null
  decidedAt: string | null
  version: number
}

export async function evidenceById(id: number, client: Client = db): Promise<EvidenceRow> {
  const row = await rowsFrom(client).where('work_evidence.id', id).first()
  if (!row) throw new NotFoundError('evidence')
  return evidenceOf(row)
}

/** Newest first. */
export async function evidenceOfItem(itemId: number): Promise<EvidenceRow[]> {
  const rows = await rowsFrom(db)
    .where('work_evidence.item_id', itemId)
    .orderBy('work_evidence.id', 'desc')
  return rows.map(evidenceOf)
}

/** What waits in a state, oldest first. */
export async function evidenceInState(state: EvidenceState): Promise<EvidenceRow[]> {
  const rows = await rowsFrom(db).where('work_evidence.state', state).orderBy('work_evidence.id')
  return rows.map(evidenceOf)
}

function rowsFrom(client: Client) {
  return client
    .from('work_evidence')
    .join('work_items', 'work_items.id', 'work_evidence.item_id')
    .join('units', 'units.id', 'work_items.lead_unit_id')
    .leftJoin('documents', 'documents.id', 'work_evidence.document_id')
    .leftJoin('users as authors', 'authors.id', 'work_evidence.submitted_by')
    .leftJoin('users as deciders', 'deciders.id', 'work_evidence.decided_by')
    .select('work_evidence.*', 'work_items.number', 'work_items.name as item_name')
    .select('work_items.lead_unit_id', 'units.name as lead_unit', 'documents.document_no')
    .select('authors.name as author', 'deciders.name as decider')
}

function evidenceOf(row: any): EvidenceRow {
  return {
    id: Number(row.id),
    itemId: Number(row.item_id),
    itemNumber: row.number,
    itemName: row.item_name,
    leadUnitId: Number(row.lead_unit_id),
    leadUnitName: row.lead_unit,
    source: row.source,
    happenedOn: row.happened_on,
    text: row.text,
    documentNo: row.document_no,
    state: row.state,
    comment: row.comment,
    submittedBy: row.submitted_by === null ? null : Number(row.submitted_by),
    submittedByName: row.author,
    decidedByName: row.decider,
    decidedAt: row.decided_at,
    version: Number(row.version),
  }
}
