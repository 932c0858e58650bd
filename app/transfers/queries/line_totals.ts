import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt, type Row } from '#shared/database'
import { whereUnits, type UnitScope } from './lines.js'

export interface LineTotals {
  lines: number
  people: number
  /** People whom a company employs after the move. */
  toCompanies: number
  /** Seats that change the unit: with their people, and vacant. */
  seats: number
  vacantSeats: number
  blocked: number
  warning: number
  ok: number
  unchecked: number
  waiting: number
}

/** Figures of a batch; those that wait for a decision are counted from the last check. */
export async function lineTotals(
  batchId: number,
  scope: UnitScope = 'all',
  client: Client = db
): Promise<LineTotals> {
  const lines = () =>
    whereUnits(client.from('transfer_lines as l').where('l.batch_id', batchId), scope)
  const rows = await lines()
    .groupBy('l.kind', 'l.verdict')
    .select('l.kind', 'l.verdict')
    .count('* as lines')
    .sum('l.quantity as quantity')
  const waiting = await lines()
    .where('l.verdict', 'blocked')
    .where((where) =>
      where
        .where('l.findings', 'like', '%"decision_missing"%')
        .orWhere('l.findings', 'like', '%"held"%')
    )
    .count('* as waiting')
  const companies = await lines()
    .whereRaw("coalesce(l.to_employment_type, l.employment_type) = 'enterprise'")
    .whereNot('l.kind', 'quota_only')
    .count('* as people')
  const sum = (column: 'lines' | 'quantity', wanted: (row: Row) => boolean) =>
    rows.filter(wanted).reduce((total, row) => total + toInt(row[column]), 0)
  return {
    lines: sum('lines', () => true),
    people: sum('quantity', ({ kind }) => kind !== 'quota_only'),
    toCompanies: toInt(companies[0].people),
    seats: sum('quantity', ({ kind }) => kind !== 'person_without_quota'),
    vacantSeats: sum('quantity', ({ kind }) => kind === 'quota_only'),
    blocked: sum('lines', ({ verdict }) => verdict === 'blocked'),
    warning: sum('lines', ({ verdict }) => verdict === 'warning'),
    ok: sum('lines', ({ verdict }) => verdict === 'ok'),
    unchecked: sum('lines', ({ verdict }) => verdict === 'unchecked'),
    waiting: toInt(waiting[0].waiting),
  }
}
