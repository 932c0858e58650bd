/** What people type as a number is never longer. */
const LONGEST = 60

/**
 * What somebody typed as a number, in half width and without the separators of groups of three or
 * four digits (`1,234.5`, `１０，０００`, `10,0000`). Any other comma or space between digits stays, so
 * that `1,5` is refused by whoever reads it and never becomes 15.
 */
export function withoutGroups(text: string): string {
  if (text.length > LONGEST) return text
  const plain = text.normalize('NFKC').replace(/(?<!\d)\s+|\s+(?!\d)/g, '')
  return plain.replace(
    /^(\D*)(\d{1,3}(?:[,\s]\d{3})+|\d{1,4}(?:[,\s]\d{4})+)(?![\d,\s])/,
    (_, before: string, whole: string) => before + whole.replace(/[,\s]/g, '')
  )
}
