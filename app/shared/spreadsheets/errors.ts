/**
 * Every reason for which a file is refused or a table cannot be written. The codes are stable: the
 * language files translate them under `spreadsheets.<code>`.
 */
export const SPREADSHEET_ERROR_CODES = [
  'unreadable',
  'empty',
  'too_large',
  'wrong_extension',
  'not_a_spreadsheet',
  'unsupported_format',
  'legacy_xls',
  'encrypted',
  'damaged',
  'doctype',
  'bad_path',
  'duplicate_part',
  'too_many_parts',
  'unpacked_too_large',
  'compression_ratio',
  'too_many_sheets',
  'too_many_rows',
  'too_many_columns',
  'too_many_strings',
  'too_many_merges',
  'too_much_text',
  'cell_too_long',
  'row_too_long',
  'bad_reference',
  'bad_merge',
  'bad_encoding',
  'timeout',
  'out_of_memory',
  'bad_value',
] as const

export type SpreadsheetErrorCode = (typeof SPREADSHEET_ERROR_CODES)[number]

/**
 * `place` says where ("在职人员!C5", a part of the package, a line), `value` what was found or the
 * bound that was passed. Neither ever holds the text of a cell: it may be personal data.
 */
export type SpreadsheetErrorParams = { place?: string; value?: string | number }

export class SpreadsheetError extends Error {
  readonly code: SpreadsheetErrorCode
  readonly params: SpreadsheetErrorParams

  constructor(code: SpreadsheetErrorCode, params: SpreadsheetErrorParams = {}) {
    super(`${code}${params.place ? ` at ${params.place}` : ''}`)
    this.name = 'SpreadsheetError'
    this.code = code
    this.params = { ...params }
    if (typeof params.value === 'string') this.params.value = params.value.slice(0, 60)
    if (params.place) this.params.place = params.place.slice(0, 120)
  }
}
