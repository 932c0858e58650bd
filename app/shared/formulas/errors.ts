import { DomainError, type ErrorParams } from '#shared/errors'

export type FormulaErrorCode =
  | 'arguments'
  | 'cycle'
  | 'division_by_zero'
  | 'empty'
  | 'missing_value'
  | 'name_taken'
  | 'open_quote'
  | 'places'
  | 'too_deep'
  | 'too_long'
  | 'type'
  | 'unexpected'
  | 'unknown_function'
  | 'unknown_name'
  | 'unknown_sign'

/** What is wrong with a formula and at which character (from 1 when shown). */
export class FormulaError extends DomainError {
  constructor(
    readonly problem: FormulaErrorCode,
    readonly at: number,
    params: ErrorParams = {}
  ) {
    super(`shared.formulas.errors.${problem}`, { ...params, place: at + 1 })
  }
}
