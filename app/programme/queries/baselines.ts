import db from '@adonisjs/lucid/services/db'
import { NotFoundError } from '#shared/errors'
import { slipBetween } from '../domain/slips.js'
import type { ForecastRow, Outlook } from './forecast.js'

export interface BaselineRow {
  id: number
  number: number
  name: string
  reason: string
  documentNo: string | null
  setOn: string
  setByName: string | null
}

export interface BaselineDates {
  start: string | null
  finish: string | null
  fixedOn: string | null
}

/** The first one first: slips are counted from it. */
export async function baselines(): Promise<BaselineRow[]> {
  return (await rowsFrom().orderBy('baselines.number')).map(baselineOf)
}

export async function baselineById(id: number): Promise<BaselineRow> {
  const row = await rowsFrom().where('baselines.id', id).first()
  if (!row) throw new NotFoundError('baseline')
  return baselineOf(row)
}

/** Dates of a baseline by item. */
export async function baselineDates(baselineId: number): Promise<Map<number, BaselineDates>> {
  const rows = await db.from('baseline_items').where('baseline_id', baselineId)
  return new Map(
    rows.map((row) => [
      Number(row.item_id),
      { start: row.start, finish: row.finish, fixedOn: row.fixed_on },
    ])
  )
}

/** Dates of the first baseline; empty before there is one. */
export async function firstBaselineDates(): Promise<Map<number, BaselineDates>> {
  const first = await db.from('baselines').orderBy('number').first()
  return first ? baselineDates(Number(first.id)) : new Map()
}

export type SlipRow = ForecastRow & {
  baseline: BaselineDates | null
  /** Working days after the baseline's finish; negative is earlier. */
  slip: number | null
}

/** Items with how far they slipped against a baseline. */
export function withSlips(
  rows: readonly ForecastRow[],
  dates: ReadonlyMap<number, BaselineDates>,
  { calendar }: Pick<Outlook, 'calendar'>
): SlipRow[] {
  return rows.map((row) => {
    const baseline = dates.get(row.id) ?? null
    return { ...row, baseline, slip: slipBetween(calendar, baseline?.finish, row.forecast.finish) }
  })
}

/** Numbers and names of items that a baseline has and the plan has no more. */
export async function droppedSince(baselineId: number) {
  const rows = await db
    .from('baseline_items')
    .join('work_items', 'work_items.id', 'baseline_items.item_id')
    .where({ 'baseline_items.baseline_id': baselineId, 'work_items.state': 'dropped' })
    .orderBy('work_items.id')
    .select('work_items.number', 'work_items.name')
  return rows.map((row) => ({ number: row.number as string, name: row.name as string }))
}

function rowsFrom() {
  return db
    .from('baselines')
    .leftJoin('documents', 'documents.id', 'baselines.document_id')
    .leftJoin('users', 'users.id', 'baselines.set_by')
    .select('baselines.*', 'documents.document_no', 'users.name as author')
}

function baselineOf(row: any): BaselineRow {
  return {
    id: Number(row.id),
    number: Number(row.number),
    name: row.name,
    reason: row.reason,
    documentNo: row.document_no,
    setOn: row.set_on,
    setByName: row.author,
  }
}
