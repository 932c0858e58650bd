export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The value has no canonical writing; `place` is its path, `rows[0].before.people`. */
export class CanonicalError extends Error {
  name = 'CanonicalError'

  constructor(
    readonly place: string,
    readonly reason: 'not_integer' | 'not_json' | 'lone_surrogate' | 'too_deep'
  ) {
    super(`${place || '(whole)'}: ${reason}`)
  }
}

const DEEPEST = 64

/**
 * The one writing of a value that is hashed: keys sorted by UTF-16 code units, no white space,
 * strings escaped as JSON.stringify does (RFC 8785), numbers safe integers only. Fractions,
 * undefined, dates and other things that JSON would bend silently are refused with their place.
 * Unlike `shared/canonical.ts` nothing is left out, for a left-out field would not be sealed.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '', 0)
}

function write(value: unknown, place: string, depth: number): string {
  if (depth > DEEPEST) throw new CanonicalError(place, 'too_deep')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return text(value, place)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new CanonicalError(place, 'not_integer')
    return String(value)
  }
  if (Array.isArray(value)) {
    const items = Array.from(value, (item, index) => write(item, `${place}[${index}]`, depth + 1))
    return `[${items.join(',')}]`
  }
  if (!isPlainObject(value)) throw new CanonicalError(place, 'not_json')

  const fields = Object.keys(value)
    .sort()
    .map((key) => {
      const at = place ? `${place}.${key}` : key
      return `${text(key, at)}:${write(value[key], at, depth + 1)}`
    })
  return `{${fields.join(',')}}`
}

/** Half of a surrogate pair cannot be written as UTF-8: two texts would get one hash. */
function text(value: string, place: string): string {
  if (!value.isWellFormed()) throw new CanonicalError(place, 'lone_surrogate')
  return JSON.stringify(value)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
