import db from '@adonisjs/lucid/services/db'
import type { UnitNameKind } from '../domain/unit_names.js'

export interface UnitName {
  id: number
  name: string
  kind: UnitNameKind
  validFrom: string
  validTo: string | null
  documentNo: string | null
}

/** Every name a unit bears or bore, newest first. */
export async function namesOf(unitId: number): Promise<UnitName[]> {
  const rows = await db
    .from('unit_names')
    .leftJoin('documents', 'documents.id', 'unit_names.document_id')
    .where('unit_names.unit_id', unitId)
    .orderBy('unit_names.valid_from', 'desc')
    .orderBy('unit_names.id', 'desc')
    .select('unit_names.*', 'documents.document_no')
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    kind: row.kind,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    documentNo: row.document_no,
  }))
}
