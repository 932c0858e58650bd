import db from '@adonisjs/lucid/services/db'
import { keysetPage, type KeysetPage } from '#shared/lists/keyset'
import type { ImportLevel } from '#shared/ports/imports'
import { rowOf } from '../domain/row_number.js'
import type { ImportRecord } from './import_row.js'

export interface FindingRow {
  id: number
  row_no: number
  level: Exclude<ImportLevel, 'ok'>
  code: string
  field: string
  params: Record<string, string | number>
}

export interface FindingLine extends FindingRow {
  /** Name of the sheet where there are several. */
  sheet: string
  /** Row of the sheet; null: the file as a whole. */
  row: number | null
}

export const FINDINGS_PAGE = 50

/** What the dry run says, in the order of the rows; `level` narrows it. */
export async function findingsPage(
  record: ImportRecord,
  filters: { level: string | null; cursor: string | null }
): Promise<KeysetPage<FindingLine>> {
  const query = db.from('import_findings').where('import_id', record.id)
  if (filters.level) query.where('level', filters.level)
  query.select('id', 'row_no', 'level', 'code', 'field', 'params')
  const page = await keysetPage<any>(query, {
    column: 'row_no',
    idColumn: 'id',
    direction: 'asc',
    size: FINDINGS_PAGE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map((row) => findingLine(record, row)) }
}

function findingLine(record: ImportRecord, row: any): FindingLine {
  const { sheetIndex, row: number } = rowOf(Number(row.row_no))
  return {
    ...row,
    params: JSON.parse(row.params),
    sheet: record.sheets.length > 1 && number > 0 ? record.sheets[sheetIndex].name : '',
    row: number > 0 ? number : null,
  }
}
