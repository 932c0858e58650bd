import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import type { AssessmentKind, SheetState } from '../domain/moves.js'
import type { Rule } from '../domain/scoring.js'

export interface SheetRow {
  id: number
  kind: AssessmentKind
  title: string
  validFrom: string
  yellowPoints: number
  redPoints: number
  documentId: number | null
  documentNo: string | null
  state: SheetState
  preparedBy: number | null
  preparedByName: string | null
  adoptedByName: string | null
  version: number
}

export interface IndicatorRow {
  id: number
  sheetId: number
  lineNo: number
  name: string
  source: string
  rule: Rule
  target: number
  measuredIn: string
  weight: number
  standard: string | null
  version: number
}

/** All sheets, the newest of each kind first. */
export async function sheetList(): Promise<SheetRow[]> {
  const rows = await sheetsFrom(db)
    .orderBy('assessment_sheets.kind')
    .orderBy('assessment_sheets.valid_from', 'desc')
    .orderBy('assessment_sheets.id', 'desc')
  return rows.map(sheetOf)
}

export async function sheetById(id: number, client: Client = db): Promise<SheetRow> {
  const row = await sheetsFrom(client).where('assessment_sheets.id', id).first()
  if (!row) throw new NotFoundError('assessment sheet')
  return sheetOf(row)
}

/** The sheet of a kind that is in force on the day. */
export async function sheetInForce(
  kind: AssessmentKind,
  onDate: string,
  client: Client = db
): Promise<SheetRow | null> {
  const row = await sheetsFrom(client)
    .where({ 'assessment_sheets.kind': kind, 'assessment_sheets.state': 'adopted' })
    .where('assessment_sheets.valid_from', '<=', onDate)
    .orderBy('assessment_sheets.valid_from', 'desc')
    .first()
  return row ? sheetOf(row) : null
}

/** Indicators of a sheet in their order. */
export async function indicatorsOf(sheetId: number, client: Client = db): Promise<IndicatorRow[]> {
  const rows = await client
    .from('assessment_indicators')
    .where('sheet_id', sheetId)
    .orderBy('line_no')
  return rows.map(indicatorOf)
}

export async function indicatorById(id: number, client: Client = db): Promise<IndicatorRow> {
  const row = await client.from('assessment_indicators').where('id', id).first()
  if (!row) throw new NotFoundError('assessment indicator')
  return indicatorOf(row)
}

function sheetsFrom(client: Client) {
  return client
    .from('assessment_sheets')
    .leftJoin('documents', 'documents.id', 'assessment_sheets.document_id')
    .leftJoin('users as authors', 'authors.id', 'assessment_sheets.prepared_by')
    .leftJoin('users as adopters', 'adopters.id', 'assessment_sheets.adopted_by')
    .select('assessment_sheets.*', 'documents.document_no')
    .select('authors.name as author', 'adopters.name as adopter')
}

function sheetOf(row: any): SheetRow {
  return {
    id: Number(row.id),
    kind: row.kind,
    title: row.title,
    validFrom: row.valid_from,
    yellowPoints: Number(row.yellow_points),
    redPoints: Number(row.red_points),
    documentId: row.document_id === null ? null : Number(row.document_id),
    documentNo: row.document_no,
    state: row.state,
    preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
    preparedByName: row.author,
    adoptedByName: row.adopter,
    version: Number(row.version),
  }
}

function indicatorOf(row: any): IndicatorRow {
  return {
    id: Number(row.id),
    sheetId: Number(row.sheet_id),
    lineNo: Number(row.line_no),
    name: row.name,
    source: row.source,
    rule: row.rule,
    target: toInt(row.target),
    measuredIn: row.measured_in,
    weight: Number(row.weight),
    standard: row.standard,
    version: Number(row.version),
  }
}
