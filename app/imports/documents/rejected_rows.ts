import type { Writable } from 'node:stream'
import db from '@adonisjs/lucid/services/db'
import { unseal } from '#shared/crypto'
import type { RegisterSheet } from '#shared/spreadsheets/sheet_xml'
import { writeRegister } from '#shared/spreadsheets/register_writer'
import { headerKey } from '../domain/header_text.js'
import type { MatchedSheet } from '../domain/recognise.js'
import { rowKey, rowOf } from '../domain/row_number.js'
import type { FindingRow } from '../queries/findings.js'
import type { ImportRecord } from '../queries/import_row.js'

/** Columns that stand behind the sheet's own; both are known again when it is imported. */
const ROW_HEADER = '原行号'
const REASON_HEADER = '退回原因'
const PIECE = 400

/** A workbook of rejected rows that comes back: not the whole sheet. */
export function isPartial(headers: readonly string[]): boolean {
  const keys = headers.map(headerKey)
  return keys.includes(headerKey(REASON_HEADER))
}

/**
 * Writes the rejected rows as they were, with the row number and the reasons behind them, under a
 * title that says unit and date again: mended, it is imported like the first one.
 * `sentence` puts a finding into words; its column stands before it.
 */
export function writeRejected(
  target: Writable,
  record: ImportRecord,
  title: string,
  sentence: (finding: FindingRow) => string
): Promise<void> {
  return writeRegister(target, {
    title,
    sheets: record.sheets.map((match, at) => rejectedSheet(record, match, at, sentence)),
  })
}

function rejectedSheet(
  record: ImportRecord,
  match: MatchedSheet,
  at: number,
  sentence: (finding: FindingRow) => string
): RegisterSheet {
  const own = match.headers.filter((header) => !isOwnHeader(header))
  const headers = [...own, ROW_HEADER, REASON_HEADER]
  return {
    name: match.name || match.key,
    columns: headers.map((header) => ({ header, width: header === REASON_HEADER ? 60 : 14 })),
    rows: rejectedRows(record.id, match, at, sentence),
  }
}

const isOwnHeader = (header: string) => header === ROW_HEADER || header === REASON_HEADER

async function* rejectedRows(
  importId: number,
  match: MatchedSheet,
  sheet: number,
  sentence: (finding: FindingRow) => string
): AsyncGenerator<string[]> {
  for (let after = rowKey(sheet, 0); ;) {
    const rows = await db
      .from('import_rows')
      .where({ import_id: importId, level: 'rejected' })
      .where('row_no', '>', after)
      .where('row_no', '<', rowKey(sheet + 1, 0))
      .orderBy('row_no')
      .limit(PIECE)
      .select('row_no', 'cells')
    const numbers = rows.map(({ row_no: number }) => Number(number))
    const reasons = await reasonsOf(importId, numbers, sentence)
    for (const row of rows) {
      const texts: string[] = JSON.parse(unseal(row.cells, 'import'))
      const own = match.headers.flatMap((header, at) =>
        isOwnHeader(header) ? [] : [texts[at] ?? '']
      )
      const number = Number(row.row_no)
      yield [...own, String(rowOf(number).row), (reasons.get(number) ?? []).join('；')]
    }
    if (rows.length < PIECE) return
    after = numbers[numbers.length - 1]
  }
}

async function reasonsOf(
  importId: number,
  numbers: number[],
  sentence: (finding: FindingRow) => string
): Promise<Map<number, string[]>> {
  const found = await db
    .from('import_findings')
    .where({ import_id: importId, level: 'rejected' })
    .whereIn('row_no', numbers)
    .orderBy('id')
  const reasons = new Map<number, string[]>()
  for (const row of found) {
    const number = Number(row.row_no)
    const finding = { ...row, params: JSON.parse(row.params) } as FindingRow
    const place = finding.field ? `${finding.field}：` : ''
    reasons.set(number, [...(reasons.get(number) ?? []), place + sentence(finding)])
  }
  return reasons
}
