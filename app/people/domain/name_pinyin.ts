import { pinyin } from 'pinyin-pro'

export interface NamePinyin {
  /** Lower case without tones or gaps: `ouyangxiang`. */
  full: string
  /** First letters: `oyx`. */
  initials: string
}

const HOW = { toneType: 'none', type: 'array', v: true } as const

/** Syllables of characters with one reading wherever they stand; null: it depends on the name. */
const readings = new Map<string, string | null>()

/**
 * How a name is typed in a search: the surname read as a surname (单 shan, 仇 qiu), ü as v. Dots
 * and characters without a known reading are left out; letters stand for themselves. Most characters
 * have one reading only: a name made of them needs no look at its words (a tenth of the time).
 */
export function namePinyin(name: string): NamePinyin {
  let full = ''
  let initials = ''
  for (const character of name) {
    const syllable = readingOf(character)
    if (syllable === null) return wordsPinyin(name)
    full += syllable
    initials += syllable.charAt(0)
  }
  return { full, initials }
}

function wordsPinyin(name: string): NamePinyin {
  const syllables = pinyin(name, { ...HOW, surname: 'head' }).map(letters)
  return { full: syllables.join(''), initials: syllables.map((one) => one.charAt(0)).join('') }
}

function readingOf(character: string): string | null {
  let reading = readings.get(character)
  if (reading === undefined) {
    const all = new Set(pinyin(character, { ...HOW, multiple: true }))
    const [asSurname] = pinyin(character, { ...HOW, surname: 'head' })
    reading = all.size === 1 && all.has(asSurname) ? letters(asSurname) : null
    readings.set(character, reading)
  }
  return reading
}

function letters(syllable: string): string {
  return syllable.toLowerCase().replace(/[^a-z]/g, '')
}
