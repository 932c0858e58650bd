import { detectFormat } from './detect.js'
import { SpreadsheetError } from './errors.js'
import { withDefaults, type Limits } from './limits.js'
import { readSharedStrings } from './shared_strings.js'
import { SheetParser, type SheetContext } from './sheet_parser.js'
import { collect, loadSource } from './source.js'
import type { Source, Table, TablePart } from './types.js'
import { readWorkbookParts } from './workbook_parts.js'
import { ZipArchive } from './zip_archive.js'

/**
 * Streams an xlsx workbook: first its sheets, then rows as they are unpacked. Nothing but the
 * shared strings is kept. Throws SpreadsheetError at the first thing beyond the limits, so rows
 * that came before must be thrown away by the caller.
 */
export async function* streamWorkbook(
  source: Source,
  limits: Partial<Limits> = {}
): AsyncGenerator<TablePart> {
  const bounds = withDefaults(limits)
  const buffer = await loadSource(source, bounds)
  if (detectFormat(buffer) !== 'xlsx') throw new SpreadsheetError('not_a_spreadsheet')
  const archive = await ZipArchive.open(buffer, bounds)
  const parts = await readWorkbookParts(archive, bounds)
  const context: SheetContext = {
    strings:
      parts.sharedStrings && archive.has(parts.sharedStrings)
        ? await readSharedStrings(archive, parts.sharedStrings, bounds)
        : [],
    displays: parts.displays,
    date1904: parts.date1904,
    limits: bounds,
    rows: 0,
    chars: 0,
  }
  const sheets = parts.sheets.map(({ name, hidden }) => ({ name, hidden }))
  yield { type: 'table', info: { format: 'xlsx' }, sheets }
  for (const [sheet, { name, part }] of parts.sheets.entries()) {
    const parser = new SheetParser(name, context)
    for await (const parsed of archive.tokens(part, parser)) {
      const rows = parsed.takeRows()
      if (rows.length > 0) yield { type: 'rows', sheet, rows }
    }
    const rows = parser.takeRows()
    if (rows.length > 0) yield { type: 'rows', sheet, rows }
    if (parser.merges.length > 0) yield { type: 'merges', sheet, merges: parser.merges }
  }
  if (context.rows === 0) throw new SpreadsheetError('empty')
}

/** Reads a whole xlsx workbook; for large uploads use `readInWorker`. Throws SpreadsheetError. */
export function readWorkbook(source: Source, limits: Partial<Limits> = {}): Promise<Table> {
  return collect(streamWorkbook(source, limits))
}
