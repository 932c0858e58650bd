import { DomainError } from '#shared/errors'
import { parseYuan } from '#shared/money'

/** What somebody typed as yuan, in fen; refused at its field when it is no amount. */
export function fenFrom(text: string, field: string): number {
  const fen = parseYuan(text)
  if (fen !== null) return fen
  const code = 'discipline.errors.not_an_amount'
  throw new DomainError(code, { value: text }, [{ field, code, params: { value: text } }])
}

/** Rows of a grid: above twenty a form's list arrives as an object of numbered places. */
export function gridRows(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

export function idFrom(value: unknown): number | null {
  return Number(value) || null
}
