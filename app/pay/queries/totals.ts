import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { withinUnits } from '#shared/lists/reach'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { SETTLED, type PayClass, type TotalPart } from '../domain/runs.js'

export interface TotalRow {
  id: number
  unitId: number
  unitName: string
  year: number
  employmentType: PayClass
  basicFen: number
  basicAllottedFen: number
  incentiveFen: number
  incentiveAllottedFen: number
  version: number
}

export interface TotalVersionRow {
  id: number
  totalId: number
  headcount: number | null
  basicFen: number
  incentiveFen: number
  documentNo: string
  reason: string | null
  state: 'submitted' | 'approved' | 'returned'
  comment: string | null
  preparedBy: number | null
  preparedByName: string | null
  decidedByName: string | null
  version: number
}

/** A page of the totals of these units, newest year first. */
export async function totalPage(
  units: 'all' | number[],
  cursor: string | null
): Promise<KeysetPage<TotalRow>> {
  const query = totalsFrom(db)
  withinUnits(query, 't.unit_id', units)
  const page = await keysetPage<any>(query, {
    column: 't.year',
    idColumn: 't.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(totalOf) }
}

/** What the released allotments of these totals have used. */
export async function usedOf(totalIds: number[]): Promise<Map<number, number>> {
  const rows = await db
    .from('pay_allotments')
    .where('state', 'released')
    .whereIn('total_id', totalIds)
    .groupBy('total_id')
    .select('total_id')
    .sum('used_fen as used')
  return new Map(rows.map((row) => [Number(row.total_id), toInt(row.used)]))
}

/** Those of these totals of which a version waits for approval. */
export async function totalsWaiting(totalIds: number[]): Promise<Set<number>> {
  const rows = await db
    .from('pay_total_versions')
    .where('state', 'submitted')
    .whereIn('total_id', totalIds)
    .distinct('total_id')
  return new Set(rows.map((row) => Number(row.total_id)))
}

export async function totalById(id: number, client: Client = db): Promise<TotalRow> {
  const row = await totalsFrom(client).where('t.id', id).first()
  if (!row) throw new NotFoundError('pay total')
  return totalOf(row)
}

export async function findTotal(
  key: { unitId: number; year: number; employmentType: string },
  client: Client = db
): Promise<TotalRow | null> {
  const row = await totalsFrom(client)
    .where({ 't.unit_id': key.unitId, 't.year': key.year, 't.employment_type': key.employmentType })
    .first()
  return row ? totalOf(row) : null
}

export async function totalVersions(
  filter: { totalId?: number; state?: string; units?: 'all' | number[] },
  client: Client = db
): Promise<TotalVersionRow[]> {
  const query = versionsFrom(client).orderBy('v.id', 'desc')
  if (filter.totalId) query.where('v.total_id', filter.totalId)
  if (filter.state) query.where('v.state', filter.state)
  if (filter.units && filter.units !== 'all') {
    query
      .join('pay_totals as t', 't.id', 'v.total_id')
      .whereIn('t.unit_id', filter.units.length ? filter.units : [-1])
  }
  return (await query).map(versionOf)
}

export async function totalVersionById(id: number, client: Client = db): Promise<TotalVersionRow> {
  const row = await versionsFrom(client).where('v.id', id).first()
  if (!row) throw new NotFoundError('pay total version')
  return versionOf(row)
}

/** What was drawn month by month: released and approved runs by payment month. */
export async function monthlyUse(total: TotalRow) {
  const rows = await db
    .from('pay_runs as r')
    .join('pay_allotments as a', 'a.id', 'r.allotment_id')
    .where('a.total_id', total.id)
    .whereIn('r.state', [...SETTLED])
    .groupBy('r.pay_month', 'a.part')
    .orderBy('r.pay_month')
    .select('r.pay_month', 'a.part')
    .sum('r.drawn_fen as drawn')
  const months = new Map<string, { month: string; basic: number; incentive: number }>()
  for (const row of rows) {
    const month = months.get(row.pay_month) ?? { month: row.pay_month, basic: 0, incentive: 0 }
    month[row.part as TotalPart] += toInt(row.drawn)
    months.set(row.pay_month, month)
  }
  return [...months.values()]
}

function totalsFrom(client: Client) {
  return client
    .from('pay_totals as t')
    .join('units as u', 'u.id', 't.unit_id')
    .select('t.*', 'u.name as unit_name')
}

function versionsFrom(client: Client) {
  return client
    .from('pay_total_versions as v')
    .join('documents as doc', 'doc.id', 'v.document_id')
    .leftJoin('users as authors', 'authors.id', 'v.prepared_by')
    .leftJoin('users as deciders', 'deciders.id', 'v.decided_by')
    .select('v.*', 'doc.document_no', 'authors.name as author', 'deciders.name as decider')
}

function totalOf(row: any): TotalRow {
  return {
    id: Number(row.id),
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    year: Number(row.year),
    employmentType: row.employment_type,
    basicFen: toInt(row.basic_fen),
    basicAllottedFen: toInt(row.basic_allotted_fen),
    incentiveFen: toInt(row.incentive_fen),
    incentiveAllottedFen: toInt(row.incentive_allotted_fen),
    version: Number(row.version),
  }
}

/** Who prepared and decided, as a version of a total and an allotment have it. */
export const decidedBy = (row: any) => ({
  comment: row.comment,
  preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
  preparedByName: row.author,
  decidedByName: row.decider,
  version: Number(row.version),
})

function versionOf(row: any): TotalVersionRow {
  return {
    id: Number(row.id),
    totalId: Number(row.total_id),
    headcount: row.headcount === null ? null : Number(row.headcount),
    basicFen: toInt(row.basic_fen),
    incentiveFen: toInt(row.incentive_fen),
    documentNo: row.document_no,
    reason: row.reason,
    state: row.state,
    ...decidedBy(row),
  }
}
