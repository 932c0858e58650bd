import { alphanumericHalfWidth, withoutSpaces, type TextNote } from '#organization/domain/text'

export interface NormalisedName {
  name: string
  notes: TextNote[]
}

/** The signs that keyboards and fonts put for the middle dot of a name. */
const DOTS = /[•‧∙⋅・･．]/g
/** A full stop between two ideographs stands for the dot as well. */
const STOP_BETWEEN = /(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu
const NAME = /^[\p{Script=Han}\p{Script=Latin}]+(?:·[\p{Script=Han}\p{Script=Latin}]+)*$/u
const LONGEST = 50

/**
 * A name as it is stored: no spaces of any kind, letters half-width, one form (U+00B7) of the
 * middle dot. The notes say which of these was needed.
 */
export function normaliseName(text: string): NormalisedName {
  const notes: TextNote[] = []
  const narrow = alphanumericHalfWidth(text)
  if (narrow !== text) notes.push('normalised_full_width')
  const bare = withoutSpaces(narrow)
  if (bare !== narrow) notes.push('normalised_spaces')
  const name = bare.normalize('NFC').replace(DOTS, '·').replace(STOP_BETWEEN, '·')
  if (name !== bare.normalize('NFC')) notes.push('normalised_separators')
  return { name, notes }
}

/**
 * Is a normalised text a name? Ideographs (all extensions of the Unicode of this Node), letters,
 * and the middle dot between them; at most 50 characters. Digits, signs and characters from the
 * private use area are not.
 */
export function isPersonName(name: string): boolean {
  return [...name].length <= LONGEST && NAME.test(name)
}
