/** `王小明` → `王*明`, `李明` → `李*`: as lists for the public show a name. */
export function maskedName(name: string): string {
  const characters = [...name]
  if (characters.length < 2) return '*'
  const last = characters.length > 2 ? characters[characters.length - 1] : ''
  return characters[0] + '*'.repeat(characters.length - 1 - (last ? 1 : 0)) + last
}
