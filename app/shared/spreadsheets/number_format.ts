/** How a number is shown: as it is, as a date, a date with time, a time, or padded with zeros. */
export type NumberDisplay = 'plain' | 'date' | 'datetime' | 'time' | { digits: number }

const TIMES = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56])

/** Formats that programs know by number; 27–36 and 50–58 are those of East Asian editions. */
export function builtinDisplay(id: number): NumberDisplay {
  if (id === 22) return 'datetime'
  if (TIMES.has(id)) return 'time'
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date'
  return 'plain'
}

/** Decides from a format code such as `yyyy"年"m"月"d"日"` or `000000`; only its first section counts. */
export function displayOf(code: string): NumberDisplay {
  const bare = code
    .slice(0, 255)
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';', 1)[0]
    .toLowerCase()
  if (/^0{2,15}$/.test(bare)) return { digits: bare.length }
  if (/general|通用格式/.test(bare)) return 'plain'
  const date = /[yd]|e{2,}|aaa/.test(bare) || (bare.includes('m') && !/[hs]/.test(bare))
  const time = /[hs]/.test(bare)
  if (date) return time ? 'datetime' : 'date'
  return time ? 'time' : 'plain'
}

const DAY_MS = 86_400_000
const LAST_SERIAL = 2_958_465
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)

/**
 * The civil date of a serial number, with its time where the format shows one and it is not
 * midnight; null where a spreadsheet program shows no date either.
 */
export function dateText(raw: string, display: NumberDisplay, date1904: boolean): string | null {
  const serial = Number(raw)
  const lowest = display === 'time' || date1904 ? 0 : 1
  if (!(serial >= lowest && serial < LAST_SERIAL + 1)) return null
  // rounded to the second, for a time is a fraction of a day in binary
  const seconds = Math.round(serial * 86_400)
  let days = Math.floor(seconds / 86_400)
  const clock = new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19)
  if (display === 'time' && days === 0) return clock
  let date: string
  if (!date1904 && days === 60) {
    date = '1900-02-29'
  } else {
    if (!date1904 && days < 60) days++
    const epoch = date1904 ? EPOCH_1904 : EPOCH_1900
    date = new Date(epoch + days * DAY_MS).toISOString().slice(0, 10)
  }
  return display === 'date' || seconds % 86_400 === 0 ? date : `${date} ${clock}`
}

/** The serial number (1900 system) of a 'YYYY-MM-DD' date from March 1900 on, else null. */
export function dateSerial(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null
  const moment = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== date) return null
  const serial = (moment - EPOCH_1900) / DAY_MS
  return serial > 60 ? serial : null
}

/**
 * The digits an office worker reads: whole numbers without point or exponent (all their digits, so
 * that one with more than 15 can be told to have lost some), others to 15 digits. Null when `raw`
 * is not a number.
 */
export function numberText(raw: string): string | null {
  if (isPlainWhole(raw)) return raw
  const parts = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/.exec(raw)
  if (!parts || (!parts[2] && !parts[3])) return null
  const [, sign, whole, fraction = '', exponent = '0'] = parts
  const value = Number(raw)
  if (!Number.isFinite(value)) return null
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  const isWhole = point <= 0 ? /^0*$/.test(digits) : /^0*$/.test(digits.slice(point))
  if (isWhole) {
    const plain = digits
      .slice(0, Math.max(point, 0))
      .padEnd(point, '0')
      .replace(/^0+(?=.)/, '')
    return plain === '' || plain === '0' ? '0' : (sign === '-' ? '-' : '') + plain
  }
  return decimalText(value)
}

/** The usual number: up to 15 digits and nothing else. */
function isPlainWhole(raw: string): boolean {
  if (raw.length > 15 || (raw.length > 1 && raw.charCodeAt(0) === 48)) return false
  for (let at = 0; at < raw.length; at++) {
    const digit = raw.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return false
  }
  return raw !== ''
}

/** A fraction rounded to 15 significant digits, never in exponent notation. */
function decimalText(value: number): string {
  const [mantissa, exponent] = Math.abs(value).toExponential(14).split('e')
  const point = 1 + Number(exponent)
  const digits = mantissa.replace('.', '').padEnd(point, '0')
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits
  const at = Math.max(point, 1)
  const text = `${padded.slice(0, at)}.${padded.slice(at)}`.replace(/0+$/, '').replace(/\.$/, '')
  return value < 0 ? `-${text}` : text
}
