import { dateText, numberText, type NumberDisplay } from './number_format.js'
import { textCell } from './shared_strings.js'
import { BLANK_CELL, type Cell } from './types.js'
import { isTrue } from './xml_attributes.js'

/**
 * The cell for a value as it stands in the file, by the type that the sheet gives it (shared strings are looked up
 * elsewhere). Null when the value does not fit the type.
 */
export function typedCell(
  type: string,
  raw: string,
  display: NumberDisplay,
  date1904: boolean
): Cell | null {
  if (raw === '') return BLANK_CELL
  switch (type) {
    case 'n':
      return numberCell(raw, display, date1904)
    case 'str':
      return textCell(raw)
    case 'b':
      return { text: isTrue(raw) ? 'TRUE' : 'FALSE', kind: 'boolean', raw }
    case 'e':
      return { text: raw, kind: 'error', raw }
    case 'd':
      return isoDateCell(raw)
    default:
      return null
  }
}

function numberCell(raw: string, display: NumberDisplay, date1904: boolean): Cell | null {
  const text = numberText(raw)
  if (text === null) return null
  if (display === 'plain') return { text, kind: 'number', raw }
  if (typeof display === 'object') {
    const padded = /^\d+$/.test(text) ? text.padStart(display.digits, '0') : text
    return { text: padded, kind: 'number', raw }
  }
  const date = dateText(raw, display, date1904)
  return date === null ? { text, kind: 'number', raw } : { text: date, kind: 'date', raw }
}

/** Strict workbooks may hold a date as ISO text. */
function isoDateCell(raw: string): Cell | null {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/.exec(raw)
  if (!parts) return null
  const time = parts[2] && parts[2] !== '00:00:00' ? ` ${parts[2]}` : ''
  return { text: parts[1] + time, kind: 'date', raw }
}
