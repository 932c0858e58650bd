import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull, toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { MovementKind, MovementState } from '../domain/movements.js'

export interface MovementRow {
  id: number
  number: string
  fundId: number
  fundName: string
  unitId: number
  lineId: number
  lineName: string
  kind: MovementKind
  amountFen: number
  commitmentId: number | null
  commitmentNo: string | null
  projectId: number | null
  projectName: string | null
  payee: string | null
  purpose: string
  documentId: number
  documentNo: string
  happensOn: string
  state: MovementState
  comment: string | null
  preparedBy: number | null
  preparedByName: string | null
  decidedByName: string | null
  version: number
}

export interface MovementFilters {
  fundId?: number | null
  lineId?: number | null
  projectId?: number | null
  commitmentId?: number | null
  kind?: string | null
  state?: string | null
  units: 'all' | number[]
}

/** Newest first. */
export async function movementPage(
  filters: MovementFilters & { cursor: string | null }
): Promise<KeysetPage<MovementRow>> {
  const page = await keysetPage<any>(matching(filters), {
    column: 'fund_movements.id',
    idColumn: 'fund_movements.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(movementOf) }
}

/** All of the filter, oldest first, for the account book and for what waits. */
export async function movementList(filters: MovementFilters) {
  const rows = await matching(filters).orderBy('fund_movements.id')
  return rows.map(movementOf)
}

export async function movementById(id: number, client: Client = db): Promise<MovementRow> {
  const row = await movementsFrom(client).where('fund_movements.id', id).first()
  if (!row) throw new NotFoundError('fund movement')
  return movementOf(row)
}

export interface CommitmentRow {
  id: number
  number: string
  lineId: number
  projectId: number | null
  payee: string
  purpose: string
  amountFen: number
  paidFen: number
}

/** Contracts of a fund, newest first. */
export async function commitmentsOf(fundId: number): Promise<CommitmentRow[]> {
  const rows = await db
    .from('fund_commitments')
    .join('fund_lines', 'fund_lines.id', 'fund_commitments.line_id')
    .where('fund_lines.fund_id', fundId)
    .orderBy('fund_commitments.id', 'desc')
    .select('fund_commitments.*')
  return rows.map((row) => ({
    id: Number(row.id),
    number: row.number,
    lineId: Number(row.line_id),
    projectId: row.project_id === null ? null : Number(row.project_id),
    payee: row.payee,
    purpose: row.purpose,
    amountFen: toInt(row.amount_fen),
    paidFen: toInt(row.paid_fen),
  }))
}

function matching(filters: MovementFilters) {
  const query = movementsFrom(db)
  const equal = {
    'fund_lines.fund_id': filters.fundId,
    'fund_movements.line_id': filters.lineId,
    'fund_movements.project_id': filters.projectId,
    'fund_movements.commitment_id': filters.commitmentId,
    'fund_movements.kind': filters.kind,
    'fund_movements.state': filters.state,
  }
  for (const [column, value] of Object.entries(equal)) if (value) query.where(column, value)
  return withinUnits(query, 'funds.unit_id', filters.units)
}

function movementsFrom(client: Client) {
  return client
    .from('fund_movements')
    .join('fund_lines', 'fund_lines.id', 'fund_movements.line_id')
    .join('funds', 'funds.id', 'fund_lines.fund_id')
    .join('documents', 'documents.id', 'fund_movements.document_id')
    .leftJoin('fund_commitments', 'fund_commitments.id', 'fund_movements.commitment_id')
    .leftJoin('construction_projects', 'construction_projects.id', 'fund_movements.project_id')
    .leftJoin('users as authors', 'authors.id', 'fund_movements.prepared_by')
    .leftJoin('users as deciders', 'deciders.id', 'fund_movements.decided_by')
    .select('fund_movements.*', 'fund_lines.name as line_name', 'fund_lines.fund_id')
    .select('funds.name as fund_name', 'funds.unit_id', 'documents.document_no')
    .select('fund_commitments.number as commitment_no', 'construction_projects.name as project')
    .select('authors.name as author', 'deciders.name as decider')
}

function movementOf(row: any): MovementRow {
  return {
    id: Number(row.id),
    number: row.number,
    fundId: Number(row.fund_id),
    fundName: row.fund_name,
    unitId: Number(row.unit_id),
    lineId: Number(row.line_id),
    lineName: row.line_name,
    kind: row.kind,
    amountFen: toInt(row.amount_fen),
    commitmentId: idOrNull(row.commitment_id),
    commitmentNo: row.commitment_no,
    projectId: idOrNull(row.project_id),
    projectName: row.project,
    payee: row.payee,
    purpose: row.purpose,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    happensOn: row.happens_on,
    state: row.state,
    comment: row.comment,
    preparedBy: idOrNull(row.prepared_by),
    preparedByName: row.author,
    decidedByName: row.decider,
    version: Number(row.version),
  }
}
