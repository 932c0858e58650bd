/** Every space an office sheet holds: ordinary, no-break, ideographic, zero width, tabs, breaks. */
const SPACES = /[\s\u200B-\u200D\u2060\uFEFF]+/gu
const NO_SPACE = /[^\s\u200B-\u200D\u2060\uFEFF]/u

/** What had to be done to a text; the names are those of the import findings. */
export type TextNote = 'normalised_full_width' | 'normalised_spaces' | 'normalised_separators'

/**
 * Full-width letters, digits and ASCII signs as half-width ones. Chinese marks without an ASCII
 * twin (、。「」) and ideographs stay as they are.
 */
export function toHalfWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - 0xfee0)
  )
}

/** Takes out every space, inside and around. */
export function withoutSpaces(text: string): string {
  return text.replace(SPACES, '')
}

/** Nothing but spaces, or nothing at all. */
export function isBlankText(text: string): boolean {
  return !NO_SPACE.test(text)
}

/** Full-width letters and digits alone (not signs) as half-width. */
export function alphanumericHalfWidth(text: string): string {
  return text.replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, toHalfWidth)
}

/**
 * A code value as it is compared with a table: letters and digits half-width, no spaces. Says
 * which of the two was needed.
 */
export function normaliseCode(text: string): { text: string; notes: TextNote[] } {
  const notes: TextNote[] = []
  const narrow = alphanumericHalfWidth(text)
  if (narrow !== text) notes.push('normalised_full_width')
  const bare = withoutSpaces(narrow)
  if (bare !== narrow) notes.push('normalised_spaces')
  return { text: bare, notes }
}
