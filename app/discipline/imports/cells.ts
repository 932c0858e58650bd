import type { RowReading } from '#organization/imports/reading'
import { parseYuan } from '#shared/money'

/** Yuan that must be there and are not below nought, in fen; 0 when the row is rejected for it. */
export function amount(reading: RowReading, field: string): number {
  const text = reading.required(field)
  if (text === '') return 0
  const fen = parseYuan(text)
  if (fen !== null && fen >= 0) return fen
  reading.say('rejected', 'not_an_amount', field)
  return 0
}

/** Text that fits its column. */
export function bounded(
  reading: RowReading,
  field: string,
  longest: number,
  required = false
): string {
  const text = required ? reading.required(field) : reading.text(field)
  if (text.length > longest) reading.say('rejected', 'too_long', field)
  return text
}
