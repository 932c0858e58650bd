import { isCivilDate } from '#shared/dates'
import { toHalfWidth, withoutSpaces, type TextNote } from '#organization/domain/text'
import type { Sex } from './codes.js'

export type IdentityError =
  | 'identity_missing'
  /** A number of the first generation (15 digits, no check digit): the present one is needed. */
  | 'identity_old_number'
  /** A spreadsheet kept it as a number: the digits after the fifteenth are lost. */
  | 'identity_precision_lost'
  | 'identity_format'
  | 'identity_birth_invalid'
  | 'identity_check_digit'

export type ParsedIdentity =
  | {
      ok: true
      /** 18 characters, a capital X. */
      normalised: string
      /** `YYYY-MM-DD`. */
      birth: string
      sex: Sex
      notes: (TextNote | 'normalised_code')[]
    }
  | { ok: false; error: IdentityError }

/** GB 11643-1999 (ISO 7064, MOD 11-2): weights of the first 17 digits, check characters by rest. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_CHARACTERS = '10X98765432'
const SEPARATORS = /[-‐‑‒–—−－.·,，'’]/g

/**
 * Reads an identity number of a person (GB 11643) from the text of a cell: full-width digits,
 * spaces, separators and a small x are put right and said in `notes`; nothing else is guessed.
 * A cell that held a number goes to `parseIdentityCell`.
 */
export function parseIdentityNo(text: string): ParsedIdentity {
  const notes: (TextNote | 'normalised_code')[] = []
  const narrow = toHalfWidth(text)
  if (/[０-９Ｘｘ]/.test(text)) notes.push('normalised_full_width')
  const bare = withoutSpaces(narrow)
  if (/^\d(?:\.\d+)?E\+?\d+$/i.test(bare)) return { ok: false, error: 'identity_precision_lost' }
  const joined = bare.replace(SEPARATORS, '')
  if (joined !== bare) notes.push('normalised_separators')
  else if (bare !== narrow) notes.push('normalised_spaces')
  const normalised = joined.toUpperCase()
  if (normalised !== joined) notes.push('normalised_code')

  if (normalised === '') return { ok: false, error: 'identity_missing' }
  if (/^\d{15}$/.test(normalised)) return { ok: false, error: 'identity_old_number' }
  if (!/^\d{17}[\dX]$/.test(normalised)) return { ok: false, error: 'identity_format' }
  const birth = birthIn(normalised)
  if (!isCivilDate(birth)) return { ok: false, error: 'identity_birth_invalid' }
  if (checkDigit(normalised) !== normalised[17]) return { ok: false, error: 'identity_check_digit' }
  return { ok: true, normalised, birth, sex: sexIn(normalised), notes }
}

/**
 * Reads it from a cell that may hold a number. A spreadsheet keeps 15 digits of a number, so an
 * 18-digit one has lost its end, whatever is shown; 15 digits are whole, and an old number.
 */
export function parseIdentityCell(value: string | number): ParsedIdentity {
  if (typeof value === 'string') return parseIdentityNo(value)
  if (value >= 1e15) return { ok: false, error: 'identity_precision_lost' }
  return parseIdentityNo(Number.isInteger(value) ? String(value) : 'not a number')
}

/** The check character (0–9 or X) that belongs to the first 17 digits of a number. */
export function checkDigit(digits: string): string {
  if (!/^\d{17}/.test(digits)) throw new RangeError('17 digits are needed for a check digit')
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return CHECK_CHARACTERS[sum % 11]
}

/** `5199**********609X`: no date of birth, no full region. */
export function maskIdentity(identityNo: string): string {
  return maskMiddle(identityNo, 4, 4)
}

/** `199****0680`; a landline keeps its last two digits. */
export function maskPhone(phone: string): string {
  return phone.length >= 11 ? maskMiddle(phone, 3, 4) : maskMiddle(phone, 0, 2)
}

/** A bank account shows its last four digits alone. */
export function maskAccount(account: string): string {
  return maskMiddle(account, 0, 4)
}

/** Stars for all but the ends; a text too short to keep half of it hidden is hidden whole. */
function maskMiddle(text: string, head: number, tail: number): string {
  // nearly always a character is one unit, and the text is its own list
  const characters = /[\ud800-\udfff]/.test(text) ? [...text] : text
  const hidden = characters.length - head - tail
  if (hidden < head + tail && hidden < 4) return '*'.repeat(characters.length)
  const kept = (from: number, to?: number) => {
    const part = characters.slice(from, to)
    return typeof part === 'string' ? part : part.join('')
  }
  return kept(0, head) + '*'.repeat(hidden) + kept(head + hidden)
}

function birthIn(identityNo: string): string {
  return `${identityNo.slice(6, 10)}-${identityNo.slice(10, 12)}-${identityNo.slice(12, 14)}`
}

/** The 17th digit: odd for men, even for women. */
function sexIn(identityNo: string): Sex {
  return Number(identityNo[16]) % 2 === 1 ? 'male' : 'female'
}
