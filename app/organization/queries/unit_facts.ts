import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'

export interface UnitFacts {
  id: number
  unitId: number
  validFrom: string
  rank: string | null
  unitClass: string | null
  supervisor: string | null
  parentId: number | null
  documentId: number | null
  documentNo: string | null
  recordedAt: string
  superseded: boolean
}

/** Facts in force on a day: per unit the live row with the latest start up to it. */
export async function factsAsOf(
  asOf: string,
  unitIds?: number[],
  client: Client = db
): Promise<Map<number, UnitFacts>> {
  const query = rowsFrom(client)
    .where('unit_facts.live', 1)
    .where('unit_facts.valid_from', '<=', asOf)
    .orderBy('unit_facts.valid_from')
  if (unitIds) query.whereIn('unit_facts.unit_id', unitIds)
  const rows = await query
  return new Map(rows.map((row) => [Number(row.unit_id), factsOf(row)]))
}

/** Every row ever recorded about a unit, newest start first, corrected ones marked. */
export async function factsHistory(unitId: number, client: Client = db): Promise<UnitFacts[]> {
  const rows = await rowsFrom(client)
    .where('unit_facts.unit_id', unitId)
    .orderBy('unit_facts.valid_from', 'desc')
    .orderBy('unit_facts.id', 'desc')
  return rows.map(factsOf)
}

function rowsFrom(client: Client) {
  return client
    .from('unit_facts')
    .leftJoin('documents', 'documents.id', 'unit_facts.document_id')
    .select('unit_facts.*', 'documents.document_no')
}

function factsOf(row: any): UnitFacts {
  return {
    id: Number(row.id),
    unitId: Number(row.unit_id),
    validFrom: row.valid_from,
    rank: row.rank,
    unitClass: row.unit_class,
    supervisor: row.supervisor,
    parentId: row.parent_id === null ? null : Number(row.parent_id),
    documentId: row.document_id === null ? null : Number(row.document_id),
    documentNo: row.document_no,
    recordedAt: row.recorded_at,
    superseded: row.superseded_by !== null,
  }
}
