import type { Margins } from './definition.js'

/** Millimetres in points. */
export function mm(millimetres: number): number {
  return Math.round(millimetres * 28.3465) / 10
}

/** Chinese type sizes (字号) in points: 二号, 三号, 小三, 四号, 小四, 五号, 小五. */
export const size = {
  two: 22,
  three: 15.75,
  smallThree: 15,
  four: 14,
  smallFour: 12,
  five: 10.5,
  smallFive: 9,
}

export const ink = { black: '#000000', red: '#d0021b', faint: '#b8b8b8' }

/** Type area of GB/T 9704-2012: 156 × 225 mm, 37 mm above, 28 mm at the binding side. */
export const officialMargins: Margins = [mm(28), mm(37), mm(26), mm(35)]

export const officialWidth = mm(156)

/** Margins of tables and registers, which use the sheet more fully. */
export const tableMargins: Margins = [mm(20), mm(20), mm(18), mm(20)]

/** Noto Sans SC's own line is 1.448 of its size; this gives a line of so many points. */
export function lineOf(points: number, fontSize: number): number {
  return points / (fontSize * 1.448)
}

/** 22 lines on a page of 225 mm. */
export const bodyLine = lineOf(29, size.three)

/** Width of a text in characters of full width; Latin letters and digits count 0.56. */
export function fullWidths(text: string): number {
  let width = 0
  for (const character of text) width += (character.codePointAt(0) ?? 0) < 0x2e80 ? 0.56 : 1
  return width
}

/**
 * Divides a title into lines of about the same width, between words, so that no single character
 * is left over: `widest` is in full-width characters.
 */
export function balanced(title: string, widest: number): string[] {
  const lines = Math.ceil(fullWidths(title) / widest)
  if (lines < 2) return [title]
  const goal = fullWidths(title) / lines
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)]

  const result = ['']
  for (const { segment } of words) {
    const current = result[result.length - 1]
    const longer = current + segment
    const full = fullWidths(current) + fullWidths(segment) / 2 > goal || fullWidths(longer) > widest
    if (current && full && (result.length < lines || fullWidths(longer) > widest)) {
      result.push(segment)
    } else {
      result[result.length - 1] = longer
    }
  }
  return result
}

/** Control characters have no form on paper and would break a line or show as a box. */
export function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Cs}\p{Bidi_Control}]/gu, '')
}
