import { setImmediate } from 'node:timers/promises'
import type { ImportDefinition, SourcePiece } from '#shared/ports/imports'
import { DomainError } from '#shared/errors'
import { SpreadsheetError } from '#shared/spreadsheets/errors'
import { pickRows, textsAt, unpackRows, type PackedRows } from '#shared/spreadsheets/packed_rows'
import type { TableInfo } from '#shared/spreadsheets/types'
import { packedInWorker } from '#shared/spreadsheets/worker_reader'
import { isNoise } from './domain/noise.js'
import {
  HEAD_ROWS,
  isCertain,
  matchSheets,
  type MatchedSheet,
  type SheetHead,
} from './domain/recognise.js'

/** A large file is not read to its end only to count its rows. */
const COUNTED_ROWS = 2_000

export interface RecognisedFile {
  info: TableInfo
  heads: SheetHead[]
  matched: MatchedSheet[]
  /** Rows of the matched sheets below their headers; null: too many to count now. */
  rows: number | null
}

/**
 * Reads the beginnings of all sheets on a thread of its own and finds the definition's among
 * them. Throws DomainError `imports.errors.file` with the reader's reason at the field `file`.
 */
export async function recogniseFile(
  definition: ImportDefinition,
  path: string,
  fileName: string
): Promise<RecognisedFile> {
  let info: TableInfo = { format: 'xlsx' }
  let heads: SheetHead[] = []
  const counts: number[] = []
  let complete = true
  for await (const part of guarded(packedInWorker(path, fileName))) {
    if (part.type === 'table') {
      info = part.info
      heads = part.sheets.map((sheet, index) => ({ ...sheet, index, rows: [] }))
    } else if (part.type === 'rows') {
      const { rows } = heads[part.sheet]
      if (rows.length < HEAD_ROWS) {
        rows.push(...unpackRows(part.rows).slice(0, HEAD_ROWS - rows.length))
      }
      counts[part.sheet] = (counts[part.sheet] ?? 0) + part.rows.numbers.length
      const read = counts.reduce((sum, count) => sum + (count ?? 0), 0)
      complete = read <= COUNTED_ROWS || !isCertain(definition.sheets, heads)
      if (!complete) break
    }
  }
  const matched = matchSheets(definition.sheets, heads)
  const below = ({ index, headerRow }: MatchedSheet) =>
    counts[index] - heads[index].rows.filter((row) => row.number <= headerRow).length
  return {
    info,
    heads,
    matched,
    rows: complete ? matched.reduce((sum, match) => sum + below(match), 0) : null,
  }
}

export interface SheetRows extends SourcePiece {
  /** Place among the matched sheets. */
  sheet: number
}

/** Streams the data rows of the matched sheets, at most 400 at a time, without noise. */
export async function* dataRows(
  path: string,
  fileName: string,
  sheets: readonly MatchedSheet[]
): AsyncGenerator<SheetRows> {
  for await (const part of guarded(packedInWorker(path, fileName))) {
    if (part.type !== 'rows') continue
    const sheet = sheets.findIndex(({ index }) => index === part.sheet)
    if (sheet < 0) continue
    const match = sheets[sheet]
    const rows = withoutNoise(part.rows, match)
    if (rows.numbers.length === 0) continue
    yield { sheet, rows, columns: match.columns }
    // a page that somebody asks for meanwhile comes first
    await setImmediate()
  }
}

function withoutNoise(rows: PackedRows, { headerRow, headers }: MatchedSheet): PackedRows {
  const data = [...rows.numbers.keys()].filter(
    (at) => rows.numbers[at] > headerRow && !isNoise(textsAt(rows, at), headers)
  )
  return data.length === rows.numbers.length ? rows : pickRows(rows, data)
}

/** The reader's refusals as messages for the user. */
async function* guarded<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* parts
  } catch (error) {
    throw error instanceof SpreadsheetError ? fileError(error) : error
  }
}

export function fileError({ code, params }: SpreadsheetError): DomainError {
  const place = params.place ?? ''
  const value = params.value ?? ''
  const key = `imports.spreadsheets.${code}`
  return new DomainError(key, { place, value }, [
    { field: 'file', code: key, params: { place, value } },
  ])
}
