import { Exact, FormulaError, formulaOf } from '#shared/formulas/formula'
import { DomainError, refusing, type Refuse } from '#shared/errors'

/** Dated configuration of pay that has no table of its own, each a setting with its document. */
export const RULE_GROUPS = ['parameters', 'rules', 'bank', 'equal', 'tax'] as const
export type RuleGroup = (typeof RULE_GROUPS)[number]

const refuse: Refuse = refusing('pay')

/** What a parameter is counted in; formulas read the bare number. */
export const UNITS = ['yuan_month', 'yuan', 'times', 'days', 'number'] as const
export type Unit = (typeof UNITS)[number]

export interface Parameter {
  value: string
  unit: Unit
}
export type Parameters = Record<string, Parameter>

/**
 * Parameters as typed: those in force keep their names and units, for formulas read them; a new one
 * is a name of the formula language. Values are exact decimals.
 */
export function parametersFrom(
  before: Parameters,
  typed: Record<string, string | null>,
  added: { name: string | null; value: string | null; unit: Unit }
): Parameters {
  const parameters: Parameters = {}
  for (const [name, { value, unit }] of Object.entries(before)) {
    parameters[name] = { value: decimal(typed[name] ?? value, name), unit }
  }
  if (!added.name) return parameters
  if (added.name in parameters || !isName(added.name)) refuse('new_name', 'parameter_name')
  const { name, value, unit } = added
  return { ...parameters, [name]: { value: decimal(value ?? '', name), unit } }
}

function decimal(text: string, name: string): string {
  const plain = text.trim()
  if (/^\d{1,12}(\.\d{1,6})?$/.test(plain)) return Exact.from(plain).toString()
  const code = 'pay.errors.parameter_value'
  throw new DomainError(code, { name }, [{ field: 'values', code, params: { name } }])
}

function isName(text: string): boolean {
  try {
    const { names } = formulaOf(text)
    return names.length === 1 && names[0] === text
  } catch (error) {
    if (error instanceof FormulaError) return false
    throw error
  }
}
