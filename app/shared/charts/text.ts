/** Takes out what has no place in a picture: control and direction-changing characters. */
export function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/gu, '')
}

/** At most so many full-width characters (Latin counts half), with an ellipsis where it was cut. */
export function shorten(text: string, widest: number): string {
  let width = 0
  let kept = ''
  for (const character of clean(text)) {
    width += (character.codePointAt(0) ?? 0) < 0x2e80 ? 0.5 : 1
    if (width > widest) return `${kept.trimEnd()}…`
    kept += character
  }
  return kept
}

/** Text for the inside of an element or an attribute. */
export function escapeXml(text: string): string {
  return clean(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
