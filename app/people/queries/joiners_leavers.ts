import db from '@adonisjs/lucid/services/db'
import { addMonths } from '#shared/dates'

export interface ChangeRow {
  personId: number
  name: string
  unitId: number
  unit: string
  employmentType: string
  date: string
  /** What is on record for it: an event, a batch, a roster. */
  source: string
  documentNo: string | null
}

/**
 * Joiners and leavers (增减员) of a month, unit by unit: main assignments that begin or end in it.
 * A move between units is a leaver of the one and a joiner of the other.
 */
export async function joinersAndLeavers(month: string, units: 'all' | number[]) {
  const from = `${month}-01`
  const until = addMonths(from, 1)
  return {
    joiners: await changes('a.valid_from', from, until, units),
    leavers: await changes('a.valid_to', from, until, units),
  }
}

async function changes(column: string, from: string, until: string, units: 'all' | number[]) {
  const query = db
    .from('assignments as a')
    .join('persons as p', 'p.id', 'a.person_id')
    .join('units as u', 'u.id', 'a.unit_id')
    .leftJoin('documents as d', 'd.id', 'a.document_id')
    .where('a.kind', 'main')
    .whereNull('a.superseded_by')
    .where(column, '>=', from)
    .where(column, '<', until)
  if (units !== 'all') query.whereIn('a.unit_id', units)
  const rows = await query
    .orderBy('u.name_pinyin')
    .orderBy('p.name_pinyin')
    .orderBy('a.id')
    .select('a.person_id', 'p.name', 'a.unit_id', 'u.name as unit', 'a.employment_type')
    .select(`${column} as changed_on`, 'a.source', 'd.document_no')
  return rows.map((row): ChangeRow => ({
    personId: Number(row.person_id),
    name: row.name,
    unitId: Number(row.unit_id),
    unit: row.unit,
    employmentType: row.employment_type,
    date: row.changed_on,
    source: row.source,
    documentNo: row.document_no,
  }))
}
