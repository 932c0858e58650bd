import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { withinUnits } from '#shared/lists/reach'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { LineFigures } from '../domain/movements.js'

export interface FundRow extends LineFigures {
  id: number
  code: string
  name: string
  source: string
  year: number
  unitId: number
  unitName: string
  documentId: number
  documentNo: string
  state: 'open' | 'closed'
  version: number
}

export interface LineRow extends LineFigures {
  id: number
  fundId: number
  lineNo: number
  name: string
}

export const FIGURES = ['budget', 'released', 'committed', 'paid'] as const

export interface FundFilter {
  units: 'all' | number[]
  year?: number | null
}

/** A page of the funds of these units with the sums of their lines, newest year first. */
export async function fundPage(
  filter: FundFilter,
  cursor: string | null
): Promise<KeysetPage<FundRow>> {
  const page = await keysetPage<any>(narrowed(fundsFrom(db), filter), {
    column: 'funds.year',
    idColumn: 'funds.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(fundOf) }
}

/** The sum of all funds of these units, figure by figure. */
export async function fundTotals(filter: FundFilter): Promise<LineFigures> {
  const lines = db.from('fund_lines').join('funds', 'funds.id', 'fund_lines.fund_id')
  const query = narrowed(lines, filter)
  for (const name of FIGURES) query.sum(`fund_lines.${name}_fen as ${name}_fen`)
  return figuresOf(await query.first())
}

/** All funds of these units by name, newest year first, to choose from. */
export async function fundOptions(units: 'all' | number[]) {
  const rows = await narrowed(db.from('funds'), { units })
    .orderBy('year', 'desc')
    .orderBy('code')
    .orderBy('id')
    .select('id', 'name')
  return rows.map((row) => ({ value: Number(row.id), label: row.name as string }))
}

type Query = ReturnType<typeof db.from>

function narrowed(query: Query, { units, year }: FundFilter): Query {
  withinUnits(query, 'funds.unit_id', units)
  if (year) query.where('funds.year', year)
  return query
}

export async function fundById(id: number, client: Client = db): Promise<FundRow> {
  const row = await fundsFrom(client).where('funds.id', id).first()
  if (!row) throw new NotFoundError('fund')
  return fundOf(row)
}

/** Budget lines in their order. */
export async function linesOf(fundId: number, client: Client = db): Promise<LineRow[]> {
  const rows = await client.from('fund_lines').where('fund_id', fundId).orderBy('line_no')
  return rows.map(lineOf)
}

export async function lineById(id: number, client: Client = db): Promise<LineRow> {
  const row = await client.from('fund_lines').where('id', id).first()
  if (!row) throw new NotFoundError('fund line')
  return lineOf(row)
}

/** Years that have a fund, newest first. */
export async function fundYears(): Promise<number[]> {
  const rows = await db.from('funds').distinct('year').orderBy('year', 'desc')
  return rows.map(({ year }) => Number(year))
}

/** The sum of rows, figure by figure. */
export function totalOf(rows: readonly LineFigures[]): LineFigures {
  const sum = (name: keyof LineFigures) => rows.reduce((total, row) => total + row[name], 0)
  return {
    budget: sum('budget'),
    released: sum('released'),
    committed: sum('committed'),
    paid: sum('paid'),
  }
}

function fundsFrom(client: Client) {
  const query = client
    .from('funds')
    .join('units', 'units.id', 'funds.unit_id')
    .join('documents', 'documents.id', 'funds.document_id')
    .leftJoin('fund_lines', 'fund_lines.fund_id', 'funds.id')
    .groupBy('funds.id', 'units.name', 'documents.document_no')
    .select('funds.*', 'units.name as unit_name', 'documents.document_no')
  for (const name of FIGURES) query.sum(`fund_lines.${name}_fen as ${name}_fen`)
  return query
}

function fundOf(row: any): FundRow {
  return {
    id: Number(row.id),
    code: row.code,
    name: row.name,
    source: row.source,
    year: Number(row.year),
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    state: row.state,
    version: Number(row.version),
    ...figuresOf(row),
  }
}

function lineOf(row: any): LineRow {
  return {
    id: Number(row.id),
    fundId: Number(row.fund_id),
    lineNo: Number(row.line_no),
    name: row.name,
    ...figuresOf(row),
  }
}

function figuresOf(row: any): LineFigures {
  return {
    budget: toInt(row.budget_fen),
    released: toInt(row.released_fen),
    committed: toInt(row.committed_fen),
    paid: toInt(row.paid_fen),
  }
}
