import { DomainError } from '#shared/errors'
import { parseYuan } from '#shared/money'

/** A filter's value when the list has it; anything else filters nothing. */
export function oneOf<T extends string>(value: unknown, list: readonly T[]): T | null {
  return list.find((item) => item === value) ?? null
}

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
