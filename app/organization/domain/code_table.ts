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
  const index = indexOf(table)
  const exact = index.get(text)
  if (exact?.official) return { ok: true, code: exact.code, notes: [] }
  const { text: value, notes } = normaliseCode(text)
  const hit = index.get(value.toUpperCase())
  if (!hit) return { ok: false, value }
  return { ok: true, code: hit.code, notes: hit.official ? notes : [...notes, 'normalised_code'] }
}

/** The official Chinese spelling, as documents and exports write it. */
export function spellingOf<Code extends string>(table: CodeTable<Code>, code: Code): string {
  return table[code][0]
}

/** Rosters of thousands of rows ask the same few tables: each is turned round once. */
const indexes = new WeakMap<object, Map<string, { code: string; official: boolean }>>()

function indexOf<Code extends string>(table: CodeTable<Code>) {
  let index = indexes.get(table)
  if (!index) {
    index = new Map()
    for (const code of Object.keys(table) as Code[]) {
      table[code].forEach((spelling, at) => {
        index!.set(spelling.toUpperCase(), { code, official: at === 0 })
      })
    }
    indexes.set(table, index)
  }
  return index as Map<string, { code: Code; official: boolean }>
}
