import { pinyin } from 'pinyin-pro'

export interface NamePinyin {
  /** Lower case without tones or gaps: `ouyangxiang`. */
  full: string
  /** First letters: `oyx`. */
  initials: string
}

/**
 * How a name is typed in a search: the surname read as a surname (单 shan, 仇 qiu), ü as v. Dots
 * and characters without a known reading are left out; letters stand for themselves.
 */
export function namePinyin(name: string): NamePinyin {
  const syllables = pinyin(name, { surname: 'head', toneType: 'none', type: 'array', v: true })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z]/g, ''))
    .filter((syllable) => syllable !== '')
  return {
    full: syllables.join(''),
    initials: syllables.map((syllable) => syllable[0]).join(''),
  }
}
