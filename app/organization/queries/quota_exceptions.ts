import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import type { FundingType, PostCategory } from '../domain/codes.js'
import type { ExceptionState } from '../domain/exception_states.js'

export interface ExceptionRow {
  id: number
  unitId: number
  unitName: string
  fundingType: FundingType
  category: PostCategory
  quantity: number
  used: number
  reason: string
  state: ExceptionState
  documentId: number
  documentNo: string
  createdBy: number | null
  createdByName: string | null
  approvedByName: string | null
  version: number
}

export async function exceptionById(id: number, client: Client = db): Promise<ExceptionRow> {
  const row = await rowsFrom(client).where('quota_exceptions.id', id).first()
  if (!row) throw new NotFoundError('quota exception')
  return exceptionOf(row)
}

/** Newest first: there are few, each with a document of its own. */
export async function exceptions(
  filter: { state?: ExceptionState | null; unitId?: number | null } = {}
): Promise<ExceptionRow[]> {
  const query = rowsFrom(db).orderBy('quota_exceptions.id', 'desc')
  if (filter.state) query.where('quota_exceptions.state', filter.state)
  if (filter.unitId) query.where('quota_exceptions.unit_id', filter.unitId)
  return (await query).map(exceptionOf)
}

function rowsFrom(client: Client) {
  return client
    .from('quota_exceptions')
    .join('units', 'units.id', 'quota_exceptions.unit_id')
    .join('documents', 'documents.id', 'quota_exceptions.document_id')
    .leftJoin('users as authors', 'authors.id', 'quota_exceptions.created_by')
    .leftJoin('users as approvers', 'approvers.id', 'quota_exceptions.approved_by')
    .select('quota_exceptions.*', 'units.name as unit_name', 'documents.document_no')
    .select('authors.name as author', 'approvers.name as approver')
}

function exceptionOf(row: any): ExceptionRow {
  return {
    id: Number(row.id),
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    fundingType: row.funding_type,
    category: row.category,
    quantity: Number(row.quantity),
    used: Number(row.used),
    reason: row.reason,
    state: row.state,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    createdBy: row.created_by === null ? null : Number(row.created_by),
    createdByName: row.author,
    approvedByName: row.approver,
    version: Number(row.version),
  }
}
