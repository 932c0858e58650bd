import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt, type Row } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { withinUnits } from '#shared/lists/reach'
import type { SettlementWay } from '../domain/differences.js'

export interface SettlementRow {
  id: number
  differenceId: number
  differenceNo: string
  personId: number
  unitId: number
  way: SettlementWay
  amountFen: number
  settledOn: string
  documentNo: string
  reason: string
  state: 'submitted' | 'approved' | 'returned'
  preparedBy: number | null
  preparedByName: string | null
  decidedByName: string | null
  version: number
}

/** Repayments and write-offs of a recovery, oldest first. */
export async function settlementsOf(differenceId: number): Promise<SettlementRow[]> {
  const rows = await settlementsFrom(db).where('s.difference_id', differenceId).orderBy('s.id')
  return rows.map(settlementOf)
}

/** Those that wait for their second person. */
export async function waitingSettlements(units: 'all' | number[]): Promise<SettlementRow[]> {
  const query = settlementsFrom(db).where('s.state', 'submitted').orderBy('s.id')
  withinUnits(query, 'd.unit_id', units)
  return (await query).map(settlementOf)
}

export async function settlementById(id: number, client: Client = db): Promise<SettlementRow> {
  const row = await settlementsFrom(client).where('s.id', id).first()
  if (!row) throw new NotFoundError('pay settlement')
  return settlementOf(row)
}

function settlementsFrom(client: Client) {
  return client
    .from('pay_settlements as s')
    .join('pay_differences as d', 'd.id', 's.difference_id')
    .join('documents as doc', 'doc.id', 's.document_id')
    .leftJoin('users as authors', 'authors.id', 's.prepared_by')
    .leftJoin('users as deciders', 'deciders.id', 's.decided_by')
    .select('s.*', 'd.number', 'd.person_id', 'd.unit_id', 'doc.document_no')
    .select('authors.name as author', 'deciders.name as decider')
}

function settlementOf(row: Row): SettlementRow {
  return {
    id: Number(row.id),
    differenceId: Number(row.difference_id),
    differenceNo: row.number,
    personId: Number(row.person_id),
    unitId: Number(row.unit_id),
    way: row.way,
    amountFen: toInt(row.amount_fen),
    settledOn: row.settled_on,
    documentNo: row.document_no,
    reason: row.reason,
    state: row.state,
    preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
    preparedByName: row.author,
    decidedByName: row.decider,
    version: Number(row.version),
  }
}
