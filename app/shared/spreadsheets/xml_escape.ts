// characters that XML cannot hold, the line break that it changes, and text that looks like such an
// escape already are written as `_xHHHH_`, as spreadsheet programs do
// eslint-disable-next-line no-control-regex
const CHARACTERS = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)/g
// eslint-disable-next-line no-control-regex
const SPECIAL = /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_x/
const MARKUP = /[&<>"]/g
const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text that any XML writer may put into a cell and that reads back unchanged. */
export function escapeCharacters(text: string): string {
  return text.replace(
    CHARACTERS,
    (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  )
}

/** Text as the content of an element or attribute of a sheet. */
export function escapeXml(text: string): string {
  if (!SPECIAL.test(text)) return text
  return escapeCharacters(text).replace(MARKUP, (char) => NAMED[char])
}
