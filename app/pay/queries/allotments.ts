import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { withinUnits } from '#shared/lists/reach'
import type { PayClass, TotalPart } from '../domain/runs.js'
import { decidedBy } from './totals.js'

export interface AllotmentRow {
  id: number
  totalId: number
  unitId: number
  unitName: string
  year: number
  employmentType: PayClass
  part: TotalPart
  monthFrom: string
  monthTo: string
  amountFen: number
  usedFen: number
  documentNo: string
  state: 'submitted' | 'released' | 'returned'
  comment: string | null
  preparedBy: number | null
  preparedByName: string | null
  decidedByName: string | null
  version: number
}

/** Allotments, newest period first. */
export async function allotmentsOf(
  filter: { totalId?: number; state?: string; units: 'all' | number[] },
  client: Client = db
): Promise<AllotmentRow[]> {
  const query = allotmentsFrom(client).orderBy('a.month_from', 'desc').orderBy('a.id', 'desc')
  if (filter.totalId) query.where('a.total_id', filter.totalId)
  if (filter.state) query.where('a.state', filter.state)
  withinUnits(query, 't.unit_id', filter.units)
  return (await query).map(allotmentOf)
}

export async function allotmentById(id: number, client: Client = db): Promise<AllotmentRow> {
  const row = await allotmentsFrom(client).where('a.id', id).first()
  if (!row) throw new NotFoundError('allotment')
  return allotmentOf(row)
}

/** The released allotments that a run of these months may draw on. */
export async function allotmentsFor(
  key: {
    unitId: number
    employmentType: string
    part: TotalPart
    monthFrom: string
    monthTo: string
  },
  client: Client = db
): Promise<AllotmentRow[]> {
  const rows = await allotmentsFrom(client)
    .where({ 't.unit_id': key.unitId, 't.employment_type': key.employmentType })
    .where({ 'a.part': key.part, 'a.state': 'released' })
    .where('a.month_from', '<=', key.monthFrom)
    .where('a.month_to', '>=', key.monthTo)
    .orderBy('a.id')
  return rows.map(allotmentOf)
}

function allotmentsFrom(client: Client) {
  return client
    .from('pay_allotments as a')
    .join('pay_totals as t', 't.id', 'a.total_id')
    .join('units as u', 'u.id', 't.unit_id')
    .join('documents as doc', 'doc.id', 'a.document_id')
    .leftJoin('users as authors', 'authors.id', 'a.prepared_by')
    .leftJoin('users as deciders', 'deciders.id', 'a.decided_by')
    .select('a.*', 't.unit_id', 't.year', 't.employment_type', 'u.name as unit_name')
    .select('doc.document_no', 'authors.name as author', 'deciders.name as decider')
}

function allotmentOf(row: any): AllotmentRow {
  return {
    id: Number(row.id),
    totalId: Number(row.total_id),
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    year: Number(row.year),
    employmentType: row.employment_type,
    part: row.part,
    monthFrom: row.month_from,
    monthTo: row.month_to,
    amountFen: toInt(row.amount_fen),
    usedFen: toInt(row.used_fen),
    documentNo: row.document_no,
    state: row.state,
    ...decidedBy(row),
  }
}
