import { Exact, FormulaError, formulaOf } from '#shared/formulas/formula'
import { DomainError, refusing, type Refuse } from '#shared/errors'

/** Dated configuration of pay that has no table of its own, each a setting with its document. */
export const RULE_GROUPS = ['parameters', 'rules', 'bank', 'equal', 'tax'] as const
export type RuleGroup = (typeof RULE_GROUPS)[number]

const refuse: Refuse = refusing('pay')

/**
 * Parameters as typed: those in force keep their names, for formulas read them; a new one is a name
 * of the formula language. Values are exact decimals.
 */
export function parametersFrom(
  before: Record<string, string>,
  typed: Record<string, string | null>,
  added: { name: string | null; value: string | null }
): Record<string, string> {
  const parameters: Record<string, string> = {}
  for (const name of Object.keys(before)) {
    parameters[name] = decimal(typed[name] ?? before[name], name)
  }
  if (!added.name) return parameters
  if (added.name in parameters || !isName(added.name)) refuse('new_name', 'parameter_name')
  return { ...parameters, [added.name]: decimal(added.value ?? '', added.name) }
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
