import { pinyin } from 'pinyin-pro'

/** How a unit is typed in a search: `rongmeitizhongxin` and `rmtzx`; letters stand for themselves. */
export function unitPinyin(name: string): { full: string; initials: string } {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((syllable) => syllable !== '')
  return {
    full: syllables.join('').slice(0, 255),
    initials: syllables
      .map((syllable) => syllable[0])
      .join('')
      .slice(0, 60),
  }
}
