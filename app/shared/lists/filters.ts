/** A filter's value when the list has it; anything else filters nothing. */
export function oneOf<T extends string>(value: unknown, list: readonly T[]): T | null {
  return list.find((item) => item === value) ?? null
}
