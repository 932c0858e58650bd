import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { inChunks, toInt, type Row } from '#shared/database'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { BATCH_CASE } from '../domain/cases.js'
import { batchQuery, toBatch, type BatchRow } from './batches.js'

export interface BatchListFilter {
  state?: string | null
  unitId?: number | null
  text?: string | null
  cursor: string | null
}

export interface BatchListRow extends BatchRow {
  people: number
  seats: number
  blocked: number
  from: string[]
  to: string[]
}

/** Batches that the actor may open, newest first, with their figures. */
export async function batchPage(
  actor: Actor,
  filter: BatchListFilter
): Promise<KeysetPage<BatchListRow>> {
  const query = whereOpenable(batchQuery(), actor)
  if (filter.state) query.where('b.state', filter.state)
  if (filter.text) whereNamed(query, filter.text)
  const { unitId } = filter
  if (unitId) {
    query.whereExists((lines) =>
      lines
        .from('transfer_lines as l')
        .whereColumn('l.batch_id', 'b.id')
        .where((side) => side.where('l.from_unit_id', unitId).orWhere('l.to_unit_id', unitId))
    )
  }
  const page = await keysetPage<Row>(query, {
    column: 'b.id',
    idColumn: 'b.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filter.cursor,
  })
  return { ...page, rows: await withFigures(page.rows.map(toBatch)) }
}

/** Batches by number or title, for the search box. */
export async function findBatches(actor: Actor, text: string, limit: number): Promise<BatchRow[]> {
  const rows = await whereNamed(whereOpenable(batchQuery(), actor), text)
    .orderBy('b.id', 'desc')
    .limit(limit)
  return rows.map(toBatch)
}

/** Batches in some states that the actor may open, oldest first. */
export async function batchesIn(actor: Actor, states: string[]): Promise<BatchRow[]> {
  const rows = await whereOpenable(batchQuery(), actor).whereIn('b.state', states).orderBy('b.id')
  return rows.map(toBatch)
}

/** Number or title holds the text. */
export function whereNamed(query: ReturnType<typeof batchQuery>, text: string) {
  const like = `%${text.replace(/[\\%_]/g, '')}%`
  return query.where((where) =>
    where.where('b.title', 'like', like).orWhere('b.number', 'like', like)
  )
}

function whereOpenable(query: ReturnType<typeof batchQuery>, actor: Actor) {
  const units = actor.unitsFor('transfers.view')
  if (units === 'all') return query
  return query.where((any) => {
    any.whereExists((lines) =>
      lines
        .from('transfer_lines as l')
        .whereColumn('l.batch_id', 'b.id')
        .where((side) => side.whereIn('l.from_unit_id', units).orWhereIn('l.to_unit_id', units))
    )
    const cases = actor.casesFor('transfers.view', BATCH_CASE)
    if (cases.length) any.orWhereIn('b.id', cases)
    if (actor.may('transfers.prepare')) any.orWhere('b.prepared_by', actor.userId ?? 0)
  })
}

async function withFigures(batches: BatchRow[]): Promise<BatchListRow[]> {
  const rows = await inChunks(
    batches.map(({ id }) => id),
    400,
    (ids) =>
      db
        .from('transfer_lines as l')
        .join('units as f', 'f.id', 'l.from_unit_id')
        .join('units as t', 't.id', 'l.to_unit_id')
        .whereIn('l.batch_id', ids)
        .groupBy('l.batch_id', 'l.kind', 'l.verdict', 'f.name', 't.name')
        .select('l.batch_id', 'l.kind', 'l.verdict', 'f.name as from_name', 't.name as to_name')
        .sum('l.quantity as quantity')
        .count('* as lines')
  )
  return batches.map((batch) => {
    const own = rows.filter((row) => Number(row.batch_id) === batch.id)
    const sum = (column: string, wanted: (row: Row) => boolean) =>
      own.filter(wanted).reduce((total, row) => total + toInt(row[column]), 0)
    return {
      ...batch,
      people: sum('quantity', ({ kind }) => kind !== 'quota_only'),
      seats: sum('quantity', ({ kind }) => kind !== 'person_without_quota'),
      blocked: sum('lines', ({ verdict }) => verdict === 'blocked'),
      from: [...new Set(own.map((row) => row.from_name as string))],
      to: [...new Set(own.map((row) => row.to_name as string))],
    }
  })
}
