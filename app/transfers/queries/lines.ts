import db from '@adonisjs/lucid/services/db'
import type { Row } from '#shared/database'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { Client } from '#decisions/queries/client'
import type { PostCategory } from '#organization/domain/codes'
import type { Finding, LineVerdict } from '../domain/findings.js'
import type { TransferLine } from '../domain/lines.js'

export interface StoredLine extends TransferLine {
  id: number
  lineNo: number
  verdict: LineVerdict
  findings: Finding[]
}

/** A line with the names that a page or a paper shows. */
export interface NamedLine extends StoredLine {
  personName: string | null
  sex: string | null
  birthOn: string | null
  identityMasked: string | null
  identitySealed: string | null
  workStartedOn: string | null
  fromUnitName: string
  toUnitName: string
  fromDepartmentName: string | null
  fromPostName: string | null
  toDepartmentName: string | null
  toPostName: string | null
}

/** All lines of a batch in their order, without names. */
export async function linesOf(batchId: number, client: Client = db): Promise<StoredLine[]> {
  const rows = await client.from('transfer_lines').where('batch_id', batchId).orderBy('line_no')
  return rows.map(toLine)
}

/** All lines with names that the scope reaches: papers and exports. */
export async function namedLinesOf(
  batchId: number,
  scope: UnitScope,
  client: Client = db
): Promise<NamedLine[]> {
  const query = whereUnits(namedQuery(client), scope)
  const rows = await query.where('l.batch_id', batchId).orderBy('l.line_no')
  return rows.map(toNamedLine)
}

/** Units whose lines may be shown. */
export type UnitScope = 'all' | number[]

export interface LineFilter {
  scope: UnitScope
  verdict?: string | null
  /** A kind of line, or `people` for all but seats alone. */
  kind?: string | null
  fromUnitId?: number | null
  text?: string | null
  cursor: string | null
  size?: number
}

/** One page of a batch's lines with names, in their order. */
export async function linePage(
  batchId: number,
  filter: LineFilter
): Promise<KeysetPage<NamedLine>> {
  const query = whereUnits(namedQuery(db).where('l.batch_id', batchId), filter.scope)
  if (filter.verdict) query.where('l.verdict', filter.verdict)
  if (filter.kind === 'people') query.whereNot('l.kind', 'quota_only')
  else if (filter.kind) query.where('l.kind', filter.kind)
  if (filter.fromUnitId) query.where('l.from_unit_id', filter.fromUnitId)
  if (filter.text) query.where('p.name', 'like', `%${filter.text.replace(/[\\%_]/g, '')}%`)
  const page = await keysetPage<Row>(query, {
    column: 'l.line_no',
    idColumn: 'l.id',
    direction: 'asc',
    size: filter.size ?? PAGE_SIZE,
    cursor: filter.cursor,
  })
  return { ...page, rows: page.rows.map(toNamedLine) }
}

/** Seats of people whose category on record is not the series of their grade: line id → category. */
export async function seatCategories(
  batchId: number,
  client: Client = db
): Promise<Map<number, PostCategory>> {
  const rows = await client
    .from('transfer_lines as l')
    .join('assignments as a', 'a.id', 'l.assignment_id')
    .where('l.batch_id', batchId)
    .whereNotNull('a.quota_category')
    .whereColumn('a.quota_category', '<>', 'l.category')
    .select('l.id', 'a.quota_category')
  return new Map(rows.map((row) => [Number(row.id), row.quota_category]))
}

/** Lines of which either unit is within the scope; `l` is the line. */
export function whereUnits<Query extends { where: (...args: any[]) => any }>(
  query: Query,
  scope: UnitScope
): Query {
  if (scope === 'all') return query
  return query.where((side: any) =>
    side.whereIn('l.from_unit_id', scope).orWhereIn('l.to_unit_id', scope)
  )
}

function namedQuery(client: Client) {
  return client
    .from('transfer_lines as l')
    .join('units as fu', 'fu.id', 'l.from_unit_id')
    .join('units as tu', 'tu.id', 'l.to_unit_id')
    .leftJoin('persons as p', 'p.id', 'l.person_id')
    .leftJoin('assignments as a', 'a.id', 'l.assignment_id')
    .leftJoin('departments as fd', 'fd.id', 'a.department_id')
    .leftJoin('posts as fp', 'fp.id', 'a.post_id')
    .leftJoin('departments as td', 'td.id', 'l.to_department_id')
    .leftJoin('posts as tp', 'tp.id', 'l.to_post_id')
    .select(
      'l.*',
      'p.name as person_name',
      'p.sex',
      'p.birth_on',
      'p.identity_masked',
      'p.identity_sealed',
      'p.work_started_on',
      'fu.name as from_unit_name',
      'tu.name as to_unit_name',
      'fd.name as from_department_name',
      'fp.name as from_post_name',
      'td.name as to_department_name',
      'tp.name as to_post_name'
    )
}

export function toLine(row: Row): StoredLine {
  return {
    id: Number(row.id),
    lineNo: Number(row.line_no),
    kind: row.kind,
    personId: idOrNull(row.person_id),
    assignmentId: idOrNull(row.assignment_id),
    quantity: Number(row.quantity),
    fromUnitId: Number(row.from_unit_id),
    toUnitId: Number(row.to_unit_id),
    toDepartmentId: idOrNull(row.to_department_id),
    toPostId: idOrNull(row.to_post_id),
    employmentType: row.employment_type,
    toEmploymentType: row.to_employment_type,
    fundingType: row.funding_type,
    category: row.category,
    grade: row.grade,
    paidThrough: row.paid_through,
    paidFrom: row.paid_from,
    verdict: row.verdict,
    findings: JSON.parse(row.findings),
  }
}

function toNamedLine(row: Row): NamedLine {
  return {
    ...toLine(row),
    personName: row.person_name,
    sex: row.sex,
    birthOn: row.birth_on,
    identityMasked: row.identity_masked,
    identitySealed: row.identity_sealed,
    workStartedOn: row.work_started_on,
    fromUnitName: row.from_unit_name,
    toUnitName: row.to_unit_name,
    fromDepartmentName: row.from_department_name,
    fromPostName: row.from_post_name,
    toDepartmentName: row.to_department_name,
    toPostName: row.to_post_name,
  }
}

function idOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
