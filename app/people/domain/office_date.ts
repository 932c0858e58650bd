import { addDays, isCivilDate } from '#shared/dates'
import { toHalfWidth, withoutSpaces } from '#organization/domain/text'

export type DatePrecision = 'day' | 'month'

export type OfficeDate =
  | {
      ok: true
      /** `YYYY-MM-DD`, or `YYYY-MM` where the office gives a month. */
      date: string
      precision: DatePrecision
      /** True when it was a bare serial number of a spreadsheet. */
      serial?: true
    }
  | { ok: false; error: 'date_missing' | 'invalid_date' }

/** Where day 0 of a workbook lies: in 1900 and, in old Mac workbooks, in 1904. */
export type DateSystem = 1900 | 1904

const YEAR = '((?:19|20)\\d{2})'
const MONTH = '(1[0-2]|0?[1-9])'
const DAY = '(3[01]|[12]\\d|0?[1-9])'
const SIGN = '[.\\-/,]'
const SHAPES = [
  new RegExp(`^${YEAR}${SIGN}${MONTH}(?:${SIGN}${DAY})?$`),
  new RegExp(`^${YEAR}年${MONTH}月?(?:${DAY}[日号]?)?$`),
  new RegExp(`^${YEAR}(1[0-2]|0[1-9])(3[01]|[12]\\d|0[1-9])?$`),
]
const TIME = /[T ]?\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/
/** Serials from 1927 to 2105: with five digits they are no date in any other way of writing. */
const isSerial = (value: number) => value >= 10_000 && value < 75_000

/**
 * Reads a date as offices write it: 1988.04, 1988-4, 1996年8月, 199804, 2018.02, 1988/04/05,
 * 1996.08.17, 19960817, full-width, or a serial number of a spreadsheet (a number, or a text of
 * five digits). Years 1900 to 2099.
 */
export function parseOfficeDate(value: string | number, system: DateSystem = 1900): OfficeDate {
  if (typeof value === 'number') return fromNumber(value, system)
  const text = withoutSpaces(toHalfWidth(value.replace(TIME, '')).replace(/[。、]/g, '.'))
  if (text === '') return { ok: false, error: 'date_missing' }
  for (const shape of SHAPES) {
    const match = shape.exec(text)
    if (match) return fromParts(match[1], match[2], match[3])
  }
  if (/^\d{5}$/.test(text) && isSerial(Number(text))) return fromSerial(Number(text), system)
  return { ok: false, error: 'invalid_date' }
}

/**
 * The civil date of a spreadsheet's serial number; a part of a day is dropped. The 1900 system
 * counts a 29 February 1900 that never was, so serials below 61 are one day later than they say.
 */
export function serialDate(serial: number, system: DateSystem = 1900): string {
  const days = Math.floor(serial)
  if (system === 1904) return addDays('1904-01-01', days)
  return addDays(days < 61 ? '1899-12-31' : '1899-12-30', days)
}

/** A bare number: 1988.04, 198804 and 19880405 are dates typed as numbers, 42125 is a serial. */
function fromNumber(value: number, system: DateSystem): OfficeDate {
  if (!Number.isFinite(value) || value <= 0) return { ok: false, error: 'invalid_date' }
  if (isSerial(value)) return fromSerial(value, system)
  // 1988.10 typed as a number has lost its zero: 1988.1 may mean October or January.
  const text = String(value)
  return /^\d{4}\.1$/.test(text) ? { ok: false, error: 'invalid_date' } : parseOfficeDate(text)
}

function fromSerial(serial: number, system: DateSystem): OfficeDate {
  return { ok: true, date: serialDate(serial, system), precision: 'day', serial: true }
}

function fromParts(year: string, month: string, day: string | undefined): OfficeDate {
  const date = `${year}-${month.padStart(2, '0')}`
  if (day === undefined) return { ok: true, date, precision: 'month' }
  const full = `${date}-${day.padStart(2, '0')}`
  return isCivilDate(full)
    ? { ok: true, date: full, precision: 'day' }
    : { ok: false, error: 'invalid_date' }
}
