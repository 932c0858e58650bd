/**
 * Names that stand twice in one object of a JSON text. JSON.parse keeps the last and hides the
 * first, so that two readers could see two different certificates with one hash.
 * The text must be valid JSON.
 */
export function duplicateKeys(json: string): string[] {
  const open: (Set<string> | null)[] = []
  const duplicates: string[] = []
  let last = ''

  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const name = JSON.parse(last) as string
      const names = open.at(-1)
      if (names?.has(name)) duplicates.push(name)
      names?.add(name)
    } else last = token
  }
  return duplicates
}
