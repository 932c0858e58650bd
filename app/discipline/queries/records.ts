import db from '@adonisjs/lucid/services/db'
import { civilTime } from '#shared/clock'
import { idOrNull, toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { Rule } from '../domain/rules.js'

export const OUTCOMES = ['refused', 'exempted', 'reform', 'allowed', 'before_freeze'] as const

export interface RecordRow {
  id: number
  outcome: (typeof OUTCOMES)[number]
  rule: Rule
  act: string
  allowed: string | null
  unitId: number
  unitName: string
  personId: number | null
  personName: string | null
  subjectType: string | null
  subjectId: number | null
  actsOn: string
  amountFen: number | null
  exemptionId: number | null
  exemptionNo: string | null
  documentNo: string | null
  userName: string
  at: string
}

export interface RecordFilters {
  outcome?: string | null
  rule?: string | null
  unitId?: number | null
  exemptionId?: number | null
  units: 'all' | number[]
}

/** Newest first. */
export async function recordPage(
  filters: RecordFilters & { cursor: string | null }
): Promise<KeysetPage<RecordRow>> {
  const page = await keysetPage<any>(matching(filters), {
    column: 'freeze_records.id',
    idColumn: 'freeze_records.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(recordOf) }
}

export async function recordList(filters: RecordFilters): Promise<RecordRow[]> {
  return (await matching(filters).orderBy('freeze_records.id', 'desc')).map(recordOf)
}

export async function recordById(id: number): Promise<RecordRow> {
  const row = await recordsFrom().where('freeze_records.id', id).first()
  if (!row) throw new NotFoundError('freeze record')
  return recordOf(row)
}

export interface RecordCounts {
  attempts: number
  /** Of them since the moment that was asked about. */
  recentAttempts: number
  beforeFreeze: number
}

export async function countRecords(units: 'all' | number[], since: string): Promise<RecordCounts> {
  const sum = (condition: string, name: string, values: string[]) =>
    db.raw(`sum(case when ${condition} then 1 else 0 end) as ${name}`, values)
  const row = await narrowed(db.from('freeze_records'), { units })
    .select(sum('outcome = ?', 'attempts', ['refused']))
    .select(sum('outcome = ? and occurred_at >= ?', 'recent', ['refused', since]))
    .select(sum('outcome = ?', 'before_freeze', ['before_freeze']))
    .first()
  return {
    attempts: toInt(row.attempts),
    recentAttempts: toInt(row.recent),
    beforeFreeze: toInt(row.before_freeze),
  }
}

/** Refused attempts by unit, most first: for the inspector's table and the cockpit. */
export async function attemptsByUnit(
  units: 'all' | number[]
): Promise<{ id: number; name: string; total: number }[]> {
  const query = narrowed(db.from('freeze_records'), { outcome: 'refused', units })
  const rows = await query
    .groupBy('freeze_records.unit_id')
    .select('freeze_records.unit_id')
    .max('freeze_records.unit_name as unit_name')
    .count('* as total')
    .orderBy('total', 'desc')
  return rows.map((row: any) => ({
    id: Number(row.unit_id),
    name: row.unit_name,
    total: toInt(row.total),
  }))
}

/** The request was let pass because no freeze is declared: the person is told so. */
export async function passedBeforeFreeze(requestId: string): Promise<boolean> {
  const row = await db
    .from('freeze_records')
    .where({ request_id: requestId, outcome: 'before_freeze' })
    .first()
  return row !== null
}

const matching = (filters: RecordFilters) => narrowed(recordsFrom(), filters)

function narrowed(query: any, filters: RecordFilters) {
  if (filters.outcome) query.where('freeze_records.outcome', filters.outcome)
  if (filters.rule) query.where('freeze_records.rule', filters.rule)
  if (filters.unitId) query.where('freeze_records.unit_id', filters.unitId)
  if (filters.exemptionId) query.where('freeze_records.exemption_id', filters.exemptionId)
  return withinUnits(query, 'freeze_records.unit_id', filters.units)
}

function recordsFrom() {
  return db
    .from('freeze_records')
    .leftJoin('persons', 'persons.id', 'freeze_records.person_id')
    .leftJoin('exemptions', 'exemptions.id', 'freeze_records.exemption_id')
    .leftJoin('documents', 'documents.id', 'freeze_records.document_id')
    .select('freeze_records.*', 'persons.name as person_name')
    .select('exemptions.number as exemption_no', 'documents.document_no')
}

function recordOf(row: any): RecordRow {
  return {
    id: Number(row.id),
    outcome: row.outcome,
    rule: row.rule,
    act: row.act,
    allowed: row.allowed,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    personId: idOrNull(row.person_id),
    personName: row.person_name,
    subjectType: row.subject_type,
    subjectId: idOrNull(row.subject_id),
    actsOn: row.acts_on,
    amountFen: row.amount_fen === null ? null : toInt(row.amount_fen),
    exemptionId: idOrNull(row.exemption_id),
    exemptionNo: row.exemption_no,
    documentNo: row.document_no,
    userName: row.user_name,
    at: civilTime(row.occurred_at),
  }
}
