import db from '@adonisjs/lucid/services/db'
import type { RowSource, StoredRow } from '#shared/ports/imports'
import { rowOf } from '../domain/row_number.js'
import type { ImportRecord } from './import_row.js'

const PIECE = 2_000

/** What a commit takes over of an import. */
export function rowsToCommit(record: ImportRecord): RowSource {
  return {
    all: () => read(record, false),
    aboutKnown: () => read(record, true),
    groups: () => groupsOf(record.id),
  }
}

async function read(record: ImportRecord, known: boolean): Promise<StoredRow[]> {
  const rows: StoredRow[] = []
  for (let after = 0; ;) {
    const query = db
      .from('import_rows')
      .where('import_id', record.id)
      .where('row_no', '>', after)
      .whereNotIn('level', ['rejected', 'skipped'])
      .orderBy('row_no')
      .limit(PIECE)
      .select('row_no', 'level', 'effect', 'parsed')
    const piece = await (known ? query.whereNotNull('subject_id') : query)
    rows.push(...piece.map((row) => storedRow(record, row)))
    if (piece.length < PIECE) return rows
    after = Number(piece[piece.length - 1].row_no)
  }
}

async function groupsOf(importId: number): Promise<Map<string, number>> {
  const pieces = await db
    .from('import_pieces')
    .where('import_id', importId)
    .orderBy('row_no')
    .select('counts')
  const groups = new Map<string, number>()
  for (const { counts } of pieces) {
    for (const [group, count] of JSON.parse(counts)) {
      groups.set(group, (groups.get(group) ?? 0) + count)
    }
  }
  return groups
}

function storedRow(record: ImportRecord, row: any): StoredRow {
  const at = rowOf(Number(row.row_no))
  return {
    sheet: record.sheets[at.sheetIndex].key,
    row: at.row,
    level: row.level,
    effect: row.effect,
    parsed: row.parsed === null ? null : JSON.parse(row.parsed),
  }
}
