import { FormulaError } from './errors.js'

export interface Token {
  kind: 'number' | 'text' | 'name' | 'operator' | 'end'
  text: string
  /** Place in the source, from 0. */
  at: number
  end: number
}

const LONGEST = 2_000
const NUMBER = /\d{1,30}(?:\.\d{1,30})?/y
const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/uy
const SPACE = /\s+/y
const OPERATORS = ['==', '!=', '<>', '<=', '>=', '&&', '||', ...'+-*/%()=<>,!']

/** What a Chinese keyboard types for the same sign. */
const SAME: Record<string, string> = { '×': '*', '÷': '/', '≤': '<=', '≥': '>=', '≠': '!=' }
const QUOTES: Record<string, string> = { '"': '"', "'": "'", '“': '”', '‘': '’' }

/** The source as tokens; a formula is short, so that nobody can make the server busy with one. */
export function tokensOf(source: string): Token[] {
  if (source.length > LONGEST) throw new FormulaError('too_long', LONGEST, { limit: LONGEST })
  const plain = halfWidth(source)
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const space = match(SPACE, source, at)
    if (space) {
      at += space.length
      continue
    }
    const token = textToken(source, at) ?? plainToken(plain, at)
    tokens.push(token)
    at = token.end
  }
  return [...tokens, { kind: 'end', text: '', at: source.length, end: source.length }]
}

function textToken(source: string, at: number): Token | null {
  const closing = QUOTES[source[at]]
  if (!closing) return null
  const end = source.indexOf(closing, at + 1)
  if (end < 0) throw new FormulaError('open_quote', at)
  return { kind: 'text', text: source.slice(at + 1, end), at, end: end + 1 }
}

function plainToken(source: string, at: number): Token {
  const number = match(NUMBER, source, at)
  if (number) return { kind: 'number', text: number, at, end: at + number.length }
  const name = match(NAME, source, at)
  if (name) return { kind: 'name', text: name, at, end: at + name.length }
  const same = SAME[source[at]]
  if (same) return { kind: 'operator', text: same, at, end: at + 1 }
  const operator = OPERATORS.find((sign) => source.startsWith(sign, at))
  if (operator) return { kind: 'operator', text: operator, at, end: at + operator.length }
  throw new FormulaError('unknown_sign', at, {
    sign: String.fromCodePoint(source.codePointAt(at)!),
  })
}

function match(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? null
}

/** Full-width signs and digits (（１＋２）) as their plain ones; every place stays where it was. */
function halfWidth(source: string): string {
  return source.replace(/[\uFF01-\uFF5E]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - 0xfee0)
  )
}
