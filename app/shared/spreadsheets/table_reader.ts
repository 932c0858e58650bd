import { streamCsv } from './csv_reader.js'
import { checkExtension, detectFormat } from './detect.js'
import { withDefaults, type Limits } from './limits.js'
import { collect, loadSource } from './source.js'
import type { Table, TablePart } from './types.js'
import { streamWorkbook } from './workbook_reader.js'

/**
 * Streams an uploaded table, xlsx or CSV by its content. The name only has to be one that a table
 * can have; a CSV file called .xlsx is read as what it is. Throws SpreadsheetError.
 */
export async function* streamTable(
  path: string,
  fileName: string,
  limits: Partial<Limits> = {}
): AsyncGenerator<TablePart> {
  checkExtension(fileName)
  const buffer = await loadSource({ path }, withDefaults(limits))
  const read = detectFormat(buffer) === 'xlsx' ? streamWorkbook : streamCsv
  yield* read({ buffer }, limits)
}

/** Reads a whole uploaded table on this thread: for small files and tests. */
export function readTable(
  path: string,
  fileName: string,
  limits: Partial<Limits> = {}
): Promise<Table> {
  return collect(streamTable(path, fileName, limits))
}
