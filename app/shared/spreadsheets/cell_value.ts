import { SpreadsheetError } from './errors.js'
import { DEFAULT_LIMITS } from './limits.js'
import { dateSerial } from './number_format.js'

/** What a column of an export holds. `money_fen` takes integer fen and shows yuan. */
export type ColumnKind = 'text' | 'number' | 'money_fen' | 'date'

/** A number may be given as an exact decimal text; a date is 'YYYY-MM-DD'. */
export type CellInput = string | number | bigint | boolean | null | undefined

/** A value ready for any export: text stays text whatever it begins with. */
export type WrittenCell =
  | { type: 'blank' }
  | { type: 'text'; text: string }
  | { type: 'number'; digits: string }
  | { type: 'money'; digits: string }
  | { type: 'date'; text: string; serial: number }

const BLANK: WrittenCell = { type: 'blank' }
const DECIMAL = /^-?\d{1,15}(\.\d{1,15})?$/

/**
 * The one way from a value to a cell, for every export of the house. Throws SpreadsheetError
 * `bad_value` for a number that is none or fen that are not whole, `cell_too_long` for a text that
 * no spreadsheet program would open.
 */
export function cellValue(kind: ColumnKind, value: CellInput): WrittenCell {
  if (value === null || value === undefined || value === '') return BLANK
  switch (kind) {
    case 'number':
      return { type: 'number', digits: decimalDigits(value) }
    case 'money_fen':
      return { type: 'money', digits: yuanDigits(value) }
    case 'date':
      return dateCell(String(value))
    case 'text':
      return textCell(String(value))
  }
}

function textCell(text: string): WrittenCell {
  if (text.length > DEFAULT_LIMITS.cellChars) {
    throw new SpreadsheetError('cell_too_long', { value: DEFAULT_LIMITS.cellChars })
  }
  return { type: 'text', text: text.toWellFormed() }
}

/** A date before March 1900 or a text such as '无固定期限' is written as text. */
function dateCell(text: string): WrittenCell {
  const serial = dateSerial(text)
  return serial === null ? textCell(text) : { type: 'date', text, serial }
}

function decimalDigits(value: CellInput): string {
  const digits = typeof value === 'number' && Number.isFinite(value) ? plainNumber(value) : value
  if (typeof digits === 'bigint') return digits.toString()
  if (typeof digits === 'string' && DECIMAL.test(digits)) return digits
  throw new SpreadsheetError('bad_value', { value: 'number' })
}

function plainNumber(value: number): string {
  const shortest = String(Number(value.toPrecision(15)))
  return shortest.includes('e') ? value.toFixed(15) : shortest
}

/**
 * Fen as yuan with two decimals, built from the digits: no division, hence no rounding. Throws
 * SpreadsheetError `bad_value` unless the amount is a safe whole number.
 */
export function yuanDigits(fen: CellInput): string {
  const whole =
    typeof fen === 'bigint' || Number.isSafeInteger(fen) || /^-?\d{1,15}$/.test(String(fen))
  if (!whole) throw new SpreadsheetError('bad_value', { value: 'money_fen' })
  const text = BigInt(fen as number | bigint | string).toString()
  const sign = text.startsWith('-') ? '-' : ''
  const digits = text.slice(sign.length).padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** First characters by which a spreadsheet program takes text from a CSV file for a formula. */
const FORMULA = '[=+\\-@\\t\\r\\n＝＋－＠]'
const DANGEROUS = new RegExp(`^'*${FORMULA}`)
const NEUTRALISED = new RegExp(`^'+${FORMULA}`)

/**
 * Text as it may stand in a CSV file: with a leading `'` where it looks like a formula, or would
 * look like text of ours that has one already, so that `restoreText` always gives it back.
 */
export function neutraliseText(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text
}

/** Takes off the `'` that `neutraliseText` put before text. */
export function restoreText(text: string): string {
  return NEUTRALISED.test(text) ? text.slice(1) : text
}
