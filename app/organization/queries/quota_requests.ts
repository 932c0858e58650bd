import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { FundingType, PostCategory } from '../domain/codes.js'
import type { RequestState } from '../domain/request_states.js'

export interface RequestRow {
  id: number
  number: string
  unitId: number
  unitName: string
  fundingType: FundingType
  category: PostCategory
  postId: number | null
  postName: string | null
  quantity: number
  used: number
  reason: string
  state: RequestState
  expiresOn: string | null
  documentId: number | null
  documentNo: string | null
  createdBy: number | null
  createdByName: string | null
  approvedBy: number | null
  approvedByName: string | null
  createdAt: string
  updatedAt: string | null
  version: number
}

export async function requestById(id: number, client: Client = db): Promise<RequestRow> {
  const row = await rowsFrom(client).where('quota_requests.id', id).first()
  if (!row) throw new NotFoundError('quota request')
  return requestOf(row)
}

export interface RequestFilters {
  state?: string | null
  unitId?: number | null
  /** What the actor may see. */
  units: 'all' | number[]
  cursor: string | null
}

/** Newest first. */
export async function requestPage(filters: RequestFilters): Promise<KeysetPage<RequestRow>> {
  const query = rowsFrom(db)
  if (filters.state) query.where('quota_requests.state', filters.state)
  if (filters.unitId) query.where('quota_requests.unit_id', filters.unitId)
  withinUnits(query, 'quota_requests.unit_id', filters.units)
  const page = await keysetPage<any>(query, {
    column: 'quota_requests.id',
    idColumn: 'quota_requests.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(requestOf) }
}

/** Requests in a state, oldest first: what waits. */
export async function requestsInState(state: RequestState): Promise<RequestRow[]> {
  const rows = await rowsFrom(db).where('quota_requests.state', state).orderBy('quota_requests.id')
  return rows.map(requestOf)
}

function rowsFrom(client: Client) {
  return client
    .from('quota_requests')
    .join('units', 'units.id', 'quota_requests.unit_id')
    .leftJoin('posts', 'posts.id', 'quota_requests.post_id')
    .leftJoin('documents', 'documents.id', 'quota_requests.document_id')
    .leftJoin('users as authors', 'authors.id', 'quota_requests.created_by')
    .leftJoin('users as approvers', 'approvers.id', 'quota_requests.approved_by')
    .select('quota_requests.*', 'units.name as unit_name', 'posts.name as post_name')
    .select('documents.document_no', 'authors.name as author', 'approvers.name as approver')
}

function requestOf(row: any): RequestRow {
  return {
    id: Number(row.id),
    number: row.number,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    fundingType: row.funding_type,
    category: row.category,
    postId: row.post_id === null ? null : Number(row.post_id),
    postName: row.post_name,
    quantity: Number(row.quantity),
    used: Number(row.used),
    reason: row.reason,
    state: row.state,
    expiresOn: row.expires_on,
    documentId: row.document_id === null ? null : Number(row.document_id),
    documentNo: row.document_no,
    createdBy: row.created_by === null ? null : Number(row.created_by),
    createdByName: row.author,
    approvedBy: row.approved_by === null ? null : Number(row.approved_by),
    approvedByName: row.approver,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: Number(row.version),
  }
}
