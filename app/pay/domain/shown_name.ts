import { ARREARS, RECOVERY } from './differences.js'
import { INCENTIVE_LINE } from './distribution.js'
import { TAX_NAME } from './slip.js'
import { DEFAULT_PARAMETERS, STANDARD_ITEMS } from './standard_items.js'

type Translate = (key: string, params?: Record<string, string>) => string

const STANDARD = new Set([
  ...Object.values(STANDARD_ITEMS).flatMap((items) => items.map(({ name }) => name)),
  ...Object.keys(DEFAULT_PARAMETERS),
  INCENTIVE_LINE.name,
  TAX_NAME,
])

/** What lines of 补发 and 扣回 put before the name of their item. */
const BEFORE = { [ARREARS]: 'arrears', [RECOVERY]: 'recovery' }

/**
 * An item or parameter as formulas and papers call it; a reader of another language gets the meaning
 * of those that come with the system beside it, and of what stands before them on a correcting line.
 */
export function payName(t: Translate, name: string): string {
  if (STANDARD.has(name)) return t(`pay.names.${name}`)
  const [sign, kind] = Object.entries(BEFORE).find(([start]) => name.startsWith(start)) ?? []
  if (!sign) return name
  return t(`pay.correcting.${kind}`, { item: payName(t, name.slice(sign.length)) })
}
