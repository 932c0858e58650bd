import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { computeDivestiture } from '#shared/certificates/divestiture'
import type {
  AssetCounts,
  DivestitureCertificate,
  DivestitureRow as CertificateRow,
  DivestitureSum,
} from '#shared/certificates/divestiture'
import { unitsByIds } from '#organization/queries/units'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { AssetCategory, DivestitureState, Purpose, Side } from '../domain/assets.js'
import { divisionRows, projectHoldings, type Holding } from '../domain/division.js'

export interface DivestitureRow {
  id: number
  number: string
  title: string
  centreId: number
  centreName: string
  companyId: number
  companyName: string
  effectiveOn: string
  documentId: number
  documentNo: string
  state: DivestitureState
  comment: string | null
  preparedBy: number | null
  preparedByName: string | null
  decidedByName: string | null
  certificateId: number | null
  version: number
}

export interface DivestitureLine {
  id: number
  assetId: number
  code: string
  name: string
  category: AssetCategory
  purpose: Purpose
  /** What the register says today. */
  unitId: number
  fromUnitId: number
  fromUnitName: string
  side: Side
  reason: string | null
  originalFen: number
  netFen: number
}

/** A page of the divisions that touch these units, newest first. */
export async function divestiturePage(
  units: 'all' | number[],
  cursor: string | null
): Promise<KeysetPage<DivestitureRow>> {
  const query = divestituresFrom(db)
  if (units !== 'all') {
    const ids = units.length ? units : [-1]
    const lines = db.from('divestiture_lines').whereIn('from_unit_id', ids).select('divestiture_id')
    query.where((any) =>
      any.whereIn('centre_id', ids).orWhereIn('company_id', ids).orWhereIn('divestitures.id', lines)
    )
  }
  const page = await keysetPage<any>(query, {
    column: 'divestitures.id',
    idColumn: 'divestitures.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(divestitureOf) }
}

/** Divisions in one of these states, newest first. */
export async function divestituresIn(
  states: readonly DivestitureState[]
): Promise<DivestitureRow[]> {
  const rows = await divestituresFrom(db)
    .whereIn('divestitures.state', [...states])
    .orderBy('divestitures.id', 'desc')
  return rows.map(divestitureOf)
}

export async function divestitureById(id: number, client: Client = db): Promise<DivestitureRow> {
  const row = await divestituresFrom(client).where('divestitures.id', id).first()
  if (!row) throw new NotFoundError('divestiture')
  return divestitureOf(row)
}

/** Every unit that a division speaks of: those that give, the centre and the company. */
export async function unitsOfDivestiture(row: DivestitureRow, client: Client = db) {
  const lines = await client
    .from('divestiture_lines')
    .where('divestiture_id', row.id)
    .distinct('from_unit_id')
  const from = lines.map((line) => Number(line.from_unit_id)).sort((a, b) => a - b)
  return { from, all: [...new Set([...from, row.centreId, row.companyId])] }
}

export async function divestitureLinePage(
  id: number,
  filters: { side?: string | null; cursor: string | null }
): Promise<KeysetPage<DivestitureLine>> {
  const query = linesFrom(db).where('divestiture_id', id)
  if (filters.side) query.where('side', filters.side)
  const page = await keysetPage<any>(query, {
    column: 'assets.code',
    idColumn: 'divestiture_lines.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(lineOf) }
}

export async function divestitureLines(id: number, client: Client = db) {
  const rows = await linesFrom(client).where('divestiture_id', id).orderBy('assets.code')
  return rows.map(lineOf)
}

/** What each of the units holds now, by category. */
export async function holdingsOf(unitIds: number[], client: Client = db): Promise<Holding[]> {
  const rows = await client
    .from('assets')
    .whereIn('unit_id', unitIds)
    .where('state', 'held')
    .groupBy('unit_id', 'category')
    .select('unit_id', 'category')
    .count('* as items')
    .sum('original_fen as original')
    .sum('net_fen as net')
  return rows.map((row) => ({
    unitId: Number(row.unit_id),
    category: row.category,
    items: toInt(row.items),
    originalFen: toInt(row.original),
    netFen: toInt(row.net),
  }))
}

export interface ShownDivision {
  sealed: boolean
  rows: CertificateRow[]
  deltas: AssetCounts[]
  sums: DivestitureSum[]
  hash: string | null
  auditHead: { seq: number; hash: string } | null
}

/** The sealed certificate; before, what executing the division would give. */
export async function shownDivision(row: DivestitureRow): Promise<ShownDivision> {
  const found = await certificateOf(row)
  if (found) {
    const { body, deltas, sums, hash } = found.certificate
    return { sealed: true, rows: body.rows, deltas, sums, hash, auditHead: body.auditHead }
  }
  const { all } = await unitsOfDivestiture(row)
  const before = await holdingsOf(all)
  const lines = await divestitureLines(row.id)
  const after = projectHoldings(
    before,
    lines.map((line) => ({ ...line, toUnitId: target(row, line) }))
  )
  const units = await unitsByIds(all)
  const rows = divisionRows(
    all.map((id) => units.get(id)!),
    before,
    after
  )
  const auditHead = { seq: 0, hash: '' }
  const batch = { number: '', title: '', documentNo: '', effectiveDate: row.effectiveOn }
  const { deltas, sums } = computeDivestiture({ batch, rows, auditHead })
  return { sealed: false, rows, deltas, sums, hash: null, auditHead: null }
}

/** The unit that an asset goes to. */
export function target(row: { centreId: number; companyId: number }, line: { side: Side }) {
  return line.side === 'company' ? row.companyId : row.centreId
}

export async function certificateOf(
  row: Pick<DivestitureRow, 'certificateId'>
): Promise<{ certificate: DivestitureCertificate; json: string; sealedAt: string } | null> {
  if (row.certificateId === null) return null
  const found = await db.from('certificates').where('id', row.certificateId).firstOrFail()
  return { certificate: JSON.parse(found.body), json: found.body, sealedAt: found.created_at }
}

function divestituresFrom(client: Client) {
  return client
    .from('divestitures')
    .join('units as centres', 'centres.id', 'divestitures.centre_id')
    .join('units as companies', 'companies.id', 'divestitures.company_id')
    .join('documents', 'documents.id', 'divestitures.document_id')
    .leftJoin('users as preparers', 'preparers.id', 'divestitures.prepared_by')
    .leftJoin('users as deciders', 'deciders.id', 'divestitures.decided_by')
    .select('divestitures.*', 'centres.name as centre_name', 'companies.name as company_name')
    .select('documents.document_no', 'preparers.name as preparer', 'deciders.name as decider')
}

function linesFrom(client: Client) {
  return client
    .from('divestiture_lines')
    .join('assets', 'assets.id', 'divestiture_lines.asset_id')
    .join('units', 'units.id', 'divestiture_lines.from_unit_id')
    .select('divestiture_lines.*', 'units.name as from_unit_name')
    .select('assets.code', 'assets.name', 'assets.category', 'assets.purpose', 'assets.unit_id')
    .select('assets.original_fen', 'assets.net_fen')
}

function divestitureOf(row: any): DivestitureRow {
  return {
    id: Number(row.id),
    number: row.number,
    title: row.title,
    centreId: Number(row.centre_id),
    centreName: row.centre_name,
    companyId: Number(row.company_id),
    companyName: row.company_name,
    effectiveOn: row.effective_on,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    state: row.state,
    comment: row.comment,
    preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
    preparedByName: row.preparer,
    decidedByName: row.decider,
    certificateId: row.certificate_id === null ? null : Number(row.certificate_id),
    version: Number(row.version),
  }
}

function lineOf(row: any): DivestitureLine {
  return {
    id: Number(row.id),
    assetId: Number(row.asset_id),
    code: row.code,
    name: row.name,
    category: row.category,
    purpose: row.purpose,
    unitId: Number(row.unit_id),
    fromUnitId: Number(row.from_unit_id),
    fromUnitName: row.from_unit_name,
    side: row.side,
    reason: row.reason,
    originalFen: toInt(row.original_fen),
    netFen: toInt(row.net_fen),
  }
}
