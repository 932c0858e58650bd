import db from '@adonisjs/lucid/services/db'
import type { StoredRow } from '#shared/ports/imports'
import { rowOf } from '../domain/row_number.js'
import type { ImportRecord } from './import_row.js'

const PIECE = 2_000

/** The rows that a commit takes over, held ones among them, in the order of the sheets. */
export async function rowsToCommit(record: ImportRecord): Promise<StoredRow[]> {
  const rows: StoredRow[] = []
  for (let after = 0; ;) {
    const piece = await db
      .from('import_rows')
      .where('import_id', record.id)
      .where('row_no', '>', after)
      .whereNotIn('level', ['rejected', 'skipped'])
      .orderBy('row_no')
      .limit(PIECE)
      .select('row_no', 'level', 'effect', 'parsed')
    for (const row of piece) {
      const at = rowOf(Number(row.row_no))
      rows.push({
        sheet: record.sheets[at.sheetIndex].key,
        row: at.row,
        level: row.level,
        effect: row.effect,
        parsed: row.parsed === null ? null : JSON.parse(row.parsed),
      })
    }
    if (piece.length < PIECE) return rows
    after = Number(piece[piece.length - 1].row_no)
  }
}
