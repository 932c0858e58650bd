import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { UnitChangeKind, UnitChangeState } from '../domain/unit_changes.js'

export interface UnitChangeRow {
  id: number
  kind: UnitChangeKind
  effectiveOn: string
  documentId: number | null
  documentNo: string | null
  reason: string | null
  state: UnitChangeState
  createdBy: number | null
  createdByName: string | null
  version: number
  predecessors: Array<{ id: number; name: string }>
  successors: Array<{ id: number; name: string }>
}

/** One change with its units, or 404. */
export async function unitChangeById(id: number, client: Client = db): Promise<UnitChangeRow> {
  const row = await rowsFrom(client).where('unit_changes.id', id).first()
  if (!row) throw new NotFoundError('unit change')
  return (await withUnits([row], client))[0]
}

/** Newest first; `unitId` narrows to changes that it took part in. */
export async function unitChangePage(filters: {
  unitId?: number | null
  state?: string | null
  cursor: string | null
}): Promise<KeysetPage<UnitChangeRow>> {
  const query = rowsFrom(db)
  if (filters.state) query.where('unit_changes.state', filters.state)
  if (filters.unitId) {
    const unitId = filters.unitId
    const links = db
      .from('unit_change_links')
      .where((end) => end.where('predecessor_id', unitId).orWhere('successor_id', unitId))
      .select('change_id')
    query.whereIn('unit_changes.id', links)
  }
  const page = await keysetPage<any>(query, {
    column: 'unit_changes.effective_on',
    idColumn: 'unit_changes.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: await withUnits(page.rows, db) }
}

/** Changes that wait for their second person, by their date. */
export async function proposedChanges(): Promise<UnitChangeRow[]> {
  const rows = await rowsFrom(db)
    .where('unit_changes.state', 'proposed')
    .orderBy('unit_changes.effective_on')
    .orderBy('unit_changes.id')
  return withUnits(rows, db)
}

function rowsFrom(client: Client) {
  return client
    .from('unit_changes')
    .leftJoin('documents', 'documents.id', 'unit_changes.document_id')
    .leftJoin('users', 'users.id', 'unit_changes.created_by')
    .select('unit_changes.*', 'documents.document_no', 'users.name as author')
}

async function withUnits(rows: any[], client: Client): Promise<UnitChangeRow[]> {
  const ids = rows.map((row) => Number(row.id))
  const links = ids.length
    ? await client
        .from('unit_change_links')
        .leftJoin('units as before', 'before.id', 'unit_change_links.predecessor_id')
        .leftJoin('units as after', 'after.id', 'unit_change_links.successor_id')
        .whereIn('change_id', ids)
        .orderBy('unit_change_links.id')
        .select('change_id', 'predecessor_id', 'successor_id')
        .select('before.name as before_name', 'after.name as after_name')
    : []
  return rows.map((row) => {
    const own = links.filter((link) => Number(link.change_id) === Number(row.id))
    return {
      id: Number(row.id),
      kind: row.kind,
      effectiveOn: row.effective_on,
      documentId: row.document_id === null ? null : Number(row.document_id),
      documentNo: row.document_no,
      reason: row.reason,
      state: row.state,
      createdBy: row.created_by === null ? null : Number(row.created_by),
      createdByName: row.author,
      version: Number(row.version),
      predecessors: side(own, 'predecessor_id', 'before_name'),
      successors: side(own, 'successor_id', 'after_name'),
    }
  })
}

function side(links: any[], idColumn: string, nameColumn: string) {
  const units = new Map<number, string>()
  for (const link of links) {
    if (link[idColumn] !== null) units.set(Number(link[idColumn]), link[nameColumn])
  }
  return [...units].map(([id, name]) => ({ id, name }))
}
