import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import {
  differencesOf,
  type AssetCategory,
  type CountedFacts,
  type CountResult,
  type CountState,
} from '../domain/assets.js'

export interface CountRow {
  id: number
  number: string
  unitId: number
  unitName: string
  asOf: string
  state: CountState
  documentNo: string | null
  comment: string | null
  preparedBy: number | null
  preparedByName: string | null
  decidedByName: string | null
  version: number
  /** Lines, lines still to count, lines that differ, lines that differ and are not explained. */
  lines: number
  todo: number
  differences: number
  unexplained: number
}

export interface CountLine {
  id: number
  assetId: number | null
  assetCode: string | null
  name: string
  category: AssetCategory
  originalFen: number
  netFen: number
  result: CountResult
  book: CountedFacts
  counted: CountedFacts
  explanation: string | null
  differences: string[]
  version: number
}

/** A page of the counts of these units, newest first. */
export async function countPage(
  units: 'all' | number[],
  cursor: string | null
): Promise<KeysetPage<CountRow>> {
  const page = await keysetPage<any>(withinUnits(countsFrom(db), 'asset_counts.unit_id', units), {
    column: 'asset_counts.id',
    idColumn: 'asset_counts.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: await withFigures(page.rows, db) }
}

/** Counts of these units that are in one of these states, newest first. */
export async function countsIn(
  states: readonly CountState[],
  units: 'all' | number[]
): Promise<CountRow[]> {
  const query = countsFrom(db).whereIn('asset_counts.state', [...states])
  withinUnits(query, 'asset_counts.unit_id', units)
  return withFigures(await query.orderBy('asset_counts.id', 'desc'), db)
}

export async function countById(id: number, client: Client = db): Promise<CountRow> {
  const row = await countsFrom(client).where('asset_counts.id', id).first()
  if (!row) throw new NotFoundError('asset count')
  return (await withFigures([row], client))[0]
}

/** Lines by number of the asset, surplus last; `show` narrows to what is left or what differs. */
export async function countLinePage(
  countId: number,
  show: 'all' | 'todo' | 'differences',
  cursor: string | null
): Promise<KeysetPage<CountLine>> {
  const query = linesFrom(db).where('count_id', countId)
  if (show === 'todo') query.where('result', 'todo')
  if (show === 'differences') query.where('differs', true)
  const page = await keysetPage<any>(query, {
    column: 'asset_count_lines.id',
    idColumn: 'asset_count_lines.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(lineOf) }
}

export async function countLines(
  countId: number,
  client: Client = db,
  ids?: number[]
): Promise<CountLine[]> {
  const query = linesFrom(client).where('count_id', countId).orderBy('asset_count_lines.id')
  if (ids) query.whereIn('asset_count_lines.id', ids)
  return (await query).map(lineOf)
}

/** Differences of counts that are not settled: for the inspector and the cockpit. */
export async function openDifferences(units: 'all' | number[], limit = 10) {
  const query = linesFrom(db)
    .join('asset_counts', 'asset_counts.id', 'asset_count_lines.count_id')
    .join('units', 'units.id', 'asset_counts.unit_id')
    .where('differs', true)
    .whereNotIn('asset_counts.state', ['confirmed', 'withdrawn'])
    .select('asset_counts.number as count_no', 'units.name as unit_name')
    .select('asset_count_lines.count_id')
    .orderBy('asset_count_lines.net_fen', 'desc')
    .limit(limit)
  withinUnits(query, 'asset_counts.unit_id', units)
  return (await query).map((row: any) => ({
    ...lineOf(row),
    countId: Number(row.count_id),
    countNo: row.count_no as string,
    unitName: row.unit_name as string,
  }))
}

export async function countDifferences(units: 'all' | number[]): Promise<number> {
  const query = db
    .from('asset_count_lines')
    .join('asset_counts', 'asset_counts.id', 'asset_count_lines.count_id')
    .where('differs', true)
    .whereNotIn('asset_counts.state', ['confirmed', 'withdrawn'])
  withinUnits(query, 'asset_counts.unit_id', units)
  return toInt((await query.count('* as total').first()).total)
}

function countsFrom(client: Client) {
  return client
    .from('asset_counts')
    .join('units', 'units.id', 'asset_counts.unit_id')
    .leftJoin('documents', 'documents.id', 'asset_counts.document_id')
    .leftJoin('users as preparers', 'preparers.id', 'asset_counts.prepared_by')
    .leftJoin('users as deciders', 'deciders.id', 'asset_counts.decided_by')
    .select('asset_counts.*', 'units.name as unit_name', 'documents.document_no')
    .select('preparers.name as preparer', 'deciders.name as decider')
}

async function withFigures(rows: any[], client: Client): Promise<CountRow[]> {
  const ids = rows.map((row) => Number(row.id))
  const sums = ids.length
    ? await client
        .from('asset_count_lines')
        .whereIn('count_id', ids)
        .groupBy('count_id')
        .select('count_id')
        .count('* as total')
        .select(client.raw("sum(case when result = 'todo' then 1 else 0 end) as todo"))
        .select(client.raw('sum(case when differs = 1 then 1 else 0 end) as differing'))
        .select(
          client.raw(
            'sum(case when differs = 1 and explanation is null then 1 else 0 end) as unexplained'
          )
        )
    : []
  return rows.map((row) => {
    const sum = sums.find(({ count_id: id }: any) => Number(id) === Number(row.id)) as any
    return {
      id: Number(row.id),
      number: row.number,
      unitId: Number(row.unit_id),
      unitName: row.unit_name,
      asOf: row.as_of,
      state: row.state,
      documentNo: row.document_no,
      comment: row.comment,
      preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
      preparedByName: row.preparer,
      decidedByName: row.decider,
      version: Number(row.version),
      lines: toInt(sum?.total),
      todo: toInt(sum?.todo),
      differences: toInt(sum?.differing),
      unexplained: toInt(sum?.unexplained),
    }
  })
}

function linesFrom(client: Client) {
  return client
    .from('asset_count_lines')
    .leftJoin('assets', 'assets.id', 'asset_count_lines.asset_id')
    .select('asset_count_lines.*', 'assets.code as asset_code')
}

function lineOf(row: any): CountLine {
  const book = {
    place: row.book_place,
    custodian: row.book_custodian,
    purpose: row.book_purpose,
    condition: row.book_condition,
  }
  const counted = {
    place: row.place,
    custodian: row.custodian,
    purpose: row.purpose,
    condition: row.condition_code,
  }
  return {
    id: Number(row.id),
    assetId: row.asset_id === null ? null : Number(row.asset_id),
    assetCode: row.asset_code,
    name: row.name,
    category: row.category,
    originalFen: toInt(row.original_fen),
    netFen: toInt(row.net_fen),
    result: row.result,
    book,
    counted,
    explanation: row.explanation,
    differences: differencesOf({ result: row.result, book, counted }),
    version: Number(row.version),
  }
}
