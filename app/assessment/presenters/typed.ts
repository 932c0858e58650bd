import { DomainError } from '#shared/errors'
import { parseFigure } from '../domain/figures.js'

/** What was typed into a field in hundredths; refused at the field when it is no figure of zero or more. */
export function figureIn(field: string, text: string): number {
  const figure = parseFigure(text)
  if (figure !== null && figure >= 0) return figure
  const code = 'assessment.errors.not_a_figure'
  const params = { value: text }
  throw new DomainError(code, params, [{ field, code, params }])
}
