import { open } from 'node:fs/promises'
import { SpreadsheetError } from './errors.js'
import type { Limits } from './limits.js'
import type { Sheet, Source, Table, TableInfo, TablePart } from './types.js'

/** The bytes of an upload, its size checked before any of it is read. */
export async function loadSource(source: Source, limits: Limits): Promise<Buffer> {
  const buffer = 'buffer' in source ? source.buffer : await readBounded(source.path, limits)
  checkSize(buffer.length, limits)
  if (buffer.length === 0) throw new SpreadsheetError('empty')
  return buffer
}

async function readBounded(path: string, limits: Limits): Promise<Buffer> {
  let file
  try {
    file = await open(path, 'r')
    const stats = await file.stat()
    if (!stats.isFile()) throw new SpreadsheetError('unreadable')
    checkSize(stats.size, limits)
    return await file.readFile()
  } catch (error) {
    throw error instanceof SpreadsheetError ? error : new SpreadsheetError('unreadable')
  } finally {
    await file?.close()
  }
}

function checkSize(size: number, limits: Limits) {
  if (size > limits.fileBytes) throw new SpreadsheetError('too_large', { value: limits.fileBytes })
}

/** Puts the pieces of a streamed table together. */
export async function collect(parts: AsyncIterable<TablePart>): Promise<Table> {
  let info: TableInfo = { format: 'xlsx' }
  let sheets: Sheet[] = []
  for await (const part of parts) {
    if (part.type === 'table') {
      info = part.info
      sheets = part.sheets.map((sheet) => ({ ...sheet, rows: [], merges: [] }))
    } else if (part.type === 'rows') {
      for (const row of part.rows) sheets[part.sheet].rows.push(row)
    } else {
      sheets[part.sheet].merges.push(...part.merges)
    }
  }
  return { ...info, sheets }
}
