/** Full-width letters, digits and signs as half-width ones. */
export function narrow(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - 0xfee0)
  )
}

/** Without any space: ordinary, no-break, ideographic, zero width, breaks. */
export function bare(text: string): string {
  return narrow(text).replace(/[\s\u200B-\u200D\u2060\uFEFF]+/gu, '')
}

/** A header as it is compared: bare, without stars, colons and what stands in brackets, upper case. */
export function headerKey(text: string): string {
  return bare(text)
    .replace(/\(.*?\)/g, '')
    .replace(/[*:]+/g, '')
    .toUpperCase()
}
