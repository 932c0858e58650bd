import { Readable } from 'node:stream'
import { CsvError, parse, type Options } from 'csv-parse'
import { restoreText } from './cell_value.js'
import { detectDelimiter } from './csv_delimiter.js'
import { toUtf8 } from './csv_encoding.js'
import { detectFormat } from './detect.js'
import { SpreadsheetError } from './errors.js'
import { LAST_COLUMN, LAST_ROW, withDefaults, type Limits } from './limits.js'
import { collect, loadSource } from './source.js'
import {
  BLANK_CELL,
  type Cell,
  type Row,
  type Source,
  type Table,
  type TablePart,
} from './types.js'

const BATCH_ROWS = 400
const SLICE_BYTES = 64 * 1024
const RECORD_BYTES = 4 * 1024 * 1024

/**
 * Streams a CSV file as a table of one sheet without a name. Every value is text, for CSV has no
 * types; the `'` of our own export is taken off again. Row numbers count records as a spreadsheet
 * program does, blank ones too. Throws SpreadsheetError.
 */
export async function* streamCsv(
  source: Source,
  limits: Partial<Limits> = {}
): AsyncGenerator<TablePart> {
  const bounds = withDefaults(limits)
  const buffer = await loadSource(source, bounds)
  if (detectFormat(buffer) !== 'csv') throw new SpreadsheetError('not_a_spreadsheet')
  const { encoding, utf8 } = toUtf8(buffer)
  const delimiter = detectDelimiter(utf8)
  const sheets = [{ name: '', hidden: false }]
  yield { type: 'table', info: { format: 'csv', encoding, delimiter }, sheets }
  let batch: Row[] = []
  let found = false
  try {
    for await (const row of csvRows(utf8, delimiter, bounds)) {
      found = true
      if (batch.push(row) < BATCH_ROWS) continue
      yield { type: 'rows', sheet: 0, rows: batch }
      batch = []
    }
  } catch (error) {
    throw csvError(error)
  }
  if (batch.length > 0) yield { type: 'rows', sheet: 0, rows: batch }
  if (!found) throw new SpreadsheetError('empty')
}

/** Reads a whole CSV file. Throws SpreadsheetError. */
export function readCsv(source: Source, limits: Partial<Limits> = {}): Promise<Table> {
  return collect(streamCsv(source, limits))
}

function csvRows(utf8: Buffer, delimiter: string, limits: Limits): AsyncIterable<Row> {
  let number = 0
  let rows = 0
  const options: Options<Row, string[]> = {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: RECORD_BYTES,
    // checked as fields are cut, for a line of millions of commas must not become an array first
    cast(value, context) {
      const place = String(number + 1)
      const beyond = context.index >= limits.columns && value !== ''
      if (beyond || context.index >= LAST_COLUMN) {
        throw new SpreadsheetError('too_many_columns', { place, value: limits.columns })
      }
      if (value.length > limits.cellChars) {
        throw new SpreadsheetError('cell_too_long', { place, value: limits.cellChars })
      }
      return value
    },
    on_record(record) {
      number++
      const row = toRow(record, number)
      if (row !== null) rows++
      if (rows > limits.rows || number > LAST_ROW) {
        throw new SpreadsheetError('too_many_rows', { value: limits.rows })
      }
      return row
    },
  }
  // its types know no records other than arrays
  return Readable.from(slices(utf8)).pipe(parse(options as unknown as Options))
}

function toRow(record: string[], number: number): Row | null {
  let length = record.length
  while (length > 0 && record[length - 1] === '') length--
  return length === 0 ? null : { number, cells: record.slice(0, length).map(textCell) }
}

function textCell(raw: string): Cell {
  return raw === '' ? BLANK_CELL : { text: restoreText(raw), kind: 'text', raw }
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += SLICE_BYTES) {
    yield bytes.subarray(from, from + SLICE_BYTES)
  }
}

function csvError(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  const place = String(error.lines ?? '')
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new SpreadsheetError('row_too_long', { place, value: RECORD_BYTES })
  }
  return new SpreadsheetError('damaged', { place })
}
