import { toHalfWidth, withoutSpaces, type TextNote } from '#organization/domain/text'

export type ParsedPhone =
  { ok: true; phone: string; notes: TextNote[] } | { ok: false; error: 'invalid_phone' }

const SEPARATORS = /[-‐‑‒–—−.()]/g
const MOBILE = /^1[3-9]\d{9}$/
const LANDLINE = /^0\d{2,3}[2-9]\d{6,7}$/
const LOCAL = /^[2-9]\d{6,7}$/

/**
 * Reads a phone number: full-width digits, separators and the prefix of the country (+86, 0086)
 * are taken out and said. A mobile number, a landline with area code, or a local one of 7 or 8
 * digits; several numbers in one cell are refused. Spaces beside separators are not said apart.
 */
export function parsePhone(text: string): ParsedPhone {
  const notes: TextNote[] = []
  const narrow = toHalfWidth(text)
  if (/[０-９]/.test(text)) notes.push('normalised_full_width')
  const bare = withoutSpaces(narrow)
  const phone = bare.replace(/^(?:\+|00)86-?/, '').replace(SEPARATORS, '')
  if (phone !== bare) notes.push('normalised_separators')
  else if (bare !== narrow) notes.push('normalised_spaces')
  const known = [MOBILE, LANDLINE, LOCAL].some((shape) => shape.test(phone))
  return known ? { ok: true, phone, notes } : { ok: false, error: 'invalid_phone' }
}
