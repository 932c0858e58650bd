import { normaliseCode, type TextNote } from './text.js'

/** code → how offices write it; the first spelling is the official one. */
export type CodeTable<Code extends string> = Record<Code, readonly [string, ...string[]]>

export type ParsedCode<Code extends string> =
  { ok: true; code: Code; notes: (TextNote | 'normalised_code')[] } | { ok: false; value: string }

/**
 * Reads a code value from a cell. Spaces and full-width letters are put right and said;
 * `normalised_code` says that another spelling than the official one was understood.
 */
export function parseCode<Code extends string>(
  table: CodeTable<Code>,
  text: string
): ParsedCode<Code> {
  const { text: value, notes } = normaliseCode(text)
  const wanted = value.toUpperCase()
  for (const code of Object.keys(table) as Code[]) {
    const at = table[code].findIndex((spelling) => spelling.toUpperCase() === wanted)
    if (at >= 0) return { ok: true, code, notes: at === 0 ? notes : [...notes, 'normalised_code'] }
  }
  return { ok: false, value }
}

/** The official Chinese spelling, as documents and exports write it. */
export function spellingOf<Code extends string>(table: CodeTable<Code>, code: Code): string {
  return table[code][0]
}
