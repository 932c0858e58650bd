import { seal } from '#shared/crypto'
import { bulkInsert, inTransaction, isSqlite, toInt, type Row, type Trx } from '#shared/database'
import type { ImportFinding, KeptLines, RowVerdict } from '#shared/ports/imports'
import { textsAt, type PackedRows } from '#shared/spreadsheets/packed_rows'
import { rowKey } from '../domain/row_number.js'

/** Staging happens in short transactions, so that pages and other writers come in between (law 15). */
const PIECE = 400
/** Verdicts whose rows may have to be given back. */
const KEPT = new Set(['rejected', 'held'])

/** A row as it was read, with columns that nothing is mapped to. */
export interface FileRow {
  rows: PackedRows
  at: number
}

export interface StagedRow {
  sheet: number
  verdict: RowVerdict
  /** A run of blank rows has none. */
  row: FileRow | null
}

/**
 * Stores rows with their findings, 400 a transaction. What the cells of a row said that is not
 * taken over is kept, sealed, for the workbook of rejected rows; the rest stands in the file.
 */
export async function stageRows(importId: number, rows: StagedRow[], lines?: KeptLines) {
  for (let from = 0; from < rows.length; from += PIECE) {
    const piece = rows.slice(from, from + PIECE)
    const stored = piece
      .filter(({ verdict }) => !verdict.kept)
      .map((row) => storedRow(importId, row))
    const findings = piece.flatMap(({ sheet, verdict }) =>
      verdict.findings.map((finding) =>
        storedFinding(importId, rowKey(sheet, verdict.row), finding)
      )
    )
    await inTransaction(async (trx) => {
      await bulkInsert(trx, 'import_rows', stored)
      await bulkInsert(trx, 'import_findings', findings)
      if (from === 0 && lines?.counts.size) await storeLines(trx, importId, rows[0], lines)
    })
  }
}

/**
 * They come as bytes and go as bytes: as text they would be written anew twice on the way. SQLite
 * keeps them taken apart, for a commit asks each line for twenty values.
 */
async function storeLines(trx: Trx, importId: number, first: StagedRow, lines: KeptLines) {
  const text = isSqlite() ? 'jsonb(cast(? as text))' : 'convert(? using utf8mb4)'
  await trx.rawQuery(
    `insert into import_pieces (import_id, row_no, counts, content) values (?, ?, ?, ${text})`,
    [
      importId,
      rowKey(first.sheet, first.verdict.row),
      JSON.stringify([...lines.counts]),
      Buffer.from(lines.json.buffer),
    ] as any[]
  )
}

export function storedFinding(importId: number, rowNo: number, finding: ImportFinding): Row {
  const { level, code, field, value, params } = finding
  return {
    import_id: importId,
    row_no: rowNo,
    level,
    code,
    field,
    params: JSON.stringify({ ...params, ...(value !== undefined && { value }) }),
  }
}

/** Takes away what an earlier dry run of the import left, also one that was killed. */
export async function clearRows(importId: number): Promise<void> {
  for (const table of ['import_findings', 'import_rows', 'import_pieces']) {
    while ((await clearPiece(table, importId)) === PIECE);
  }
}

async function clearPiece(table: string, importId: number): Promise<number> {
  return inTransaction(async (trx) => {
    const rows = await trx.from(table).where('import_id', importId).select('id').limit(PIECE)
    const ids = rows.map(({ id }) => Number(id))
    return ids.length ? toInt(await trx.from(table).whereIn('id', ids).delete()) : 0
  })
}

function storedRow(importId: number, { sheet, verdict, row }: StagedRow): Row {
  return {
    import_id: importId,
    row_no: rowKey(sheet, verdict.row),
    level: verdict.level,
    cells: row && KEPT.has(verdict.level) ? sealedTexts(row) : '',
    parsed: verdict.parsed === null ? null : JSON.stringify(verdict.parsed),
    effect: verdict.effect,
    subject_type: verdict.subjectType ?? null,
    subject_id: verdict.subjectId ?? null,
  }
}

function sealedTexts({ rows, at }: FileRow): string {
  return seal(JSON.stringify(textsAt(rows, at)), 'import')
}
