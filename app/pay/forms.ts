import { DomainError } from '#shared/errors'
import { parseYuan } from '#shared/money'

/** Fen of a typed amount; refused at its field. */
export function fenOf(text: string, field: string): number {
  const fen = parseYuan(text)
  if (fen !== null) return fen
  const code = 'pay.errors.amount'
  throw new DomainError(code, {}, [{ field, code }])
}

/** The same; null when nothing was typed. */
export function fenOrNull(text: string | undefined, field: string): number | null {
  return text === undefined || text.trim() === '' ? null : fenOf(text, field)
}

/** A month of the URL; what is none filters nothing. */
export const monthOrNull = (value: unknown) =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(String(value)) ? String(value) : null
