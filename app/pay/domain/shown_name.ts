import { INCENTIVE_LINE } from './distribution.js'
import { TAX_NAME } from './slip.js'
import { DEFAULT_PARAMETERS, STANDARD_ITEMS } from './standard_items.js'

const STANDARD = new Set([
  ...Object.values(STANDARD_ITEMS).flatMap((items) => items.map(({ name }) => name)),
  ...Object.keys(DEFAULT_PARAMETERS),
  INCENTIVE_LINE.name,
  TAX_NAME,
])

/**
 * An item or parameter as formulas and papers call it; a reader of another language gets the meaning
 * of those that come with the system beside it.
 */
export function payName(t: (key: string) => string, name: string): string {
  return STANDARD.has(name) ? t(`pay.names.${name}`) : name
}
