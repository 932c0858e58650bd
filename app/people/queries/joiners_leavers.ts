import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { addMonths } from '#shared/dates'
import type { Row } from '#shared/database'
import { LEAVING } from '../domain/events.js'

export interface ChangeRow {
  personId: number
  name: string
  unitId: number
  unit: string
  employmentType: string
  /** First day in the unit, or first day without. */
  date: string
  /** Translation key of why: the kind of event, a transfer, or another change. */
  reasonKey: string
  /** The unit on the other side of a move. */
  otherUnit: string | null
  documentNo: string | null
}

/**
 * Joiners and leavers (增减员) of a month, unit by unit: main assignments that begin or end in it.
 * A move between units is a leaver of the one and a joiner of the other; a change inside the unit
 * is neither. What a roster first wrote down had begun before, so it is no joining.
 */
export async function joinersAndLeavers(month: string, units: 'all' | number[]) {
  const from = `${month}-01`
  const until = addMonths(from, 1)
  return {
    joiners: await joiners(from, until, units),
    leavers: await leavers(from, until, units),
  }
}

async function joiners(from: string, until: string, units: 'all' | number[]) {
  const query = mains(units)
    .whereNot('a.source', 'roster')
    .where('a.valid_from', '>=', from)
    .where('a.valid_from', '<', until)
    .leftJoin('assignments as other', (join) => {
      join.on('other.person_id', 'a.person_id').andOn('other.valid_to', 'a.valid_from')
      join.andOnVal('other.kind', 'main').andOnVal('other.live', 1)
    })
    .leftJoin('personnel_events as e', (join) => {
      join.on('e.id', 'a.source_id').andOnVal('a.source_type', 'personnel_event')
    })
    .select('a.valid_from as changed_on')
  return (await elsewhere(query)).map(toChange)
}

async function leavers(from: string, until: string, units: 'all' | number[]) {
  const query = mains(units)
    .where('a.valid_to', '>=', from)
    .where('a.valid_to', '<', until)
    .leftJoin('assignments as other', (join) => {
      join.on('other.person_id', 'a.person_id').andOn('other.valid_from', 'a.valid_to')
      join.andOnVal('other.kind', 'main').andOnVal('other.live', 1)
    })
    .leftJoin('personnel_events as e', (join) => {
      join.on('e.person_id', 'a.person_id').andOn('e.effective_on', 'a.valid_to')
      join.andOnVal('e.state', 'done').andOnIn('e.kind', [...LEAVING])
    })
    .select('a.valid_to as changed_on')
  return (await elsewhere(query)).map(toChange)
}

function mains(units: 'all' | number[]) {
  const query = db
    .from('assignments as a')
    .join('persons as p', 'p.id', 'a.person_id')
    .join('units as u', 'u.id', 'a.unit_id')
    .where({ 'a.kind': 'main', 'a.live': 1 })
    .select('a.person_id', 'p.name', 'a.unit_id', 'u.name as unit', 'a.employment_type')
  return units === 'all' ? query : query.whereIn('a.unit_id', units)
}

/** The document is that of the event, else of the assignment that begins on the day. */
function elsewhere(query: DatabaseQueryBuilderContract<any>): Promise<Row[]> {
  return query
    .leftJoin('units as ou', 'ou.id', 'other.unit_id')
    .leftJoin('documents as ed', 'ed.id', 'e.document_id')
    .leftJoin('documents as od', 'od.id', 'other.document_id')
    .leftJoin('documents as ad', 'ad.id', 'a.document_id')
    .where((change) =>
      change.whereNull('other.id').orWhereColumn('other.unit_id', '<>', 'a.unit_id')
    )
    .orderBy('u.name_pinyin')
    .orderBy('p.name_pinyin')
    .orderBy('a.id')
    .select('e.kind as event_kind', 'ou.name as other_unit', 'a.source')
    .select('ed.document_no as event_document', 'od.document_no as other_document')
    .select('ad.document_no as own_document', 'other.valid_from as other_from')
}

function toChange(row: Row): ChangeRow {
  const moved = row.other_unit !== null
  const left = row.other_from === row.changed_on
  const byMove = left ? row.other_document : row.own_document
  return {
    personId: Number(row.person_id),
    name: row.name,
    unitId: Number(row.unit_id),
    unit: row.unit,
    employmentType: row.employment_type,
    date: row.changed_on,
    reasonKey: row.event_kind
      ? `people.events.kinds.${row.event_kind}`
      : `people.changes.sources.${moved || row.source === 'transfer' ? 'transfer' : 'other'}`,
    otherUnit: row.other_unit,
    documentNo: row.event_document ?? (moved ? byMove : null),
  }
}
