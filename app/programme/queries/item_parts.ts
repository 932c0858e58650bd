import db from '@adonisjs/lucid/services/db'

export interface FixedDateRow {
  id: number
  fixedOn: string | null
  source: 'plan' | 'conflict' | 'resolution'
  resolutionNo: string | null
  documentNo: string | null
  reason: string | null
  recordedByName: string | null
  recordedAt: string
  inForce: boolean
}

/** Every date that was fixed for an item, newest first. */
export async function fixedDatesOf(itemId: number): Promise<FixedDateRow[]> {
  const rows = await db
    .from('fixed_dates')
    .leftJoin('documents', 'documents.id', 'fixed_dates.document_id')
    .leftJoin('users', 'users.id', 'fixed_dates.recorded_by')
    .where('fixed_dates.item_id', itemId)
    .orderBy('fixed_dates.id', 'desc')
    .select('fixed_dates.*', 'documents.document_no', 'users.name as author')
  return rows.map((row) => ({
    id: Number(row.id),
    fixedOn: row.fixed_on,
    source: row.source,
    resolutionNo: row.resolution_no,
    documentNo: row.document_no,
    reason: row.reason,
    recordedByName: row.author,
    recordedAt: row.recorded_at,
    inForce: row.superseded_by === null,
  }))
}
