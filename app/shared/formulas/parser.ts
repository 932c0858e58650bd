import { Exact } from './exact.js'
import { FormulaError } from './errors.js'
import { FUNCTION_NAMES, functionNamed, type FunctionName } from './functions.js'
import { tokensOf, type Token } from './tokens.js'

export type BinarySign = '+' | '-' | '*' | '/' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or'

export type Node = { at: number } & (
  | { kind: 'number'; value: Exact }
  | { kind: 'text'; value: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'name'; name: string; end: number }
  | { kind: 'negate' | 'not'; of: Node }
  | { kind: 'binary'; sign: BinarySign; left: Node; right: Node }
  | { kind: 'call'; name: FunctionName; args: Node[] }
)

const DEEPEST = 60
const HUNDREDTH = Exact.from('0.01')

/** Weakest first; comparisons do not chain. */
const LEVELS: Array<Record<string, BinarySign>> = [
  { 'or': 'or', '或': 'or', '||': 'or' },
  { 'and': 'and', '且': 'and', '&&': 'and' },
  {
    '=': '=',
    '==': '=',
    '!=': '!=',
    '<>': '!=',
    '<': '<',
    '<=': '<=',
    '>': '>',
    '>=': '>=',
  },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/' },
]
const COMPARISON = 2
const NOT = new Set(['not', '非', '!'])
const TRUTHS: Record<string, boolean> = { true: true, 是: true, false: false, 否: false }

/** Words of the language itself: no value may have such a name. */
export const RESERVED: ReadonlySet<string> = new Set([
  ...LEVELS.flatMap((level) => Object.keys(level)),
  ...NOT,
  ...Object.keys(TRUTHS),
  ...FUNCTION_NAMES,
])

/** The tree of a formula, or a FormulaError that names the place. */
export function parse(source: string): Node {
  const tokens = tokensOf(source)
  if (tokens.length === 1) throw new FormulaError('empty', 0)
  const reader = new Parser(tokens)
  const tree = reader.expression()
  reader.expectEnd()
  return tree
}

class Parser {
  private index = 0
  private depth = 0

  constructor(private readonly tokens: Token[]) {}

  expression(level = 0): Node {
    if (level === COMPARISON && NOT.has(this.next.text) && this.next.kind !== 'text') {
      const { at } = this.take()
      return { kind: 'not', at, of: this.deeper(() => this.expression(COMPARISON)) }
    }
    if (level === LEVELS.length) return this.unary()
    let left = this.expression(level + 1)
    for (let sign = this.sign(level); sign; sign = this.sign(level)) {
      const { at } = this.take()
      left = { kind: 'binary', at, sign, left, right: this.expression(level + 1) }
      if (level === COMPARISON) break
    }
    return left
  }

  expectEnd() {
    if (this.next.kind !== 'end') throw this.unexpected()
  }

  private unary(): Node {
    const { kind, text, at } = this.next
    if (kind !== 'operator' || (text !== '-' && text !== '+')) return this.percent()
    this.take()
    const of = this.deeper(() => this.unary())
    return text === '-' ? { kind: 'negate', at, of } : of
  }

  /** `60%` is 0.6. */
  private percent(): Node {
    let node = this.primary()
    while (this.next.kind === 'operator' && this.next.text === '%') {
      const { at } = this.take()
      const right: Node = { kind: 'number', at, value: HUNDREDTH }
      node = { kind: 'binary', at, sign: '*', left: node, right }
    }
    return node
  }

  private primary(): Node {
    const token = this.take()
    const { at, text } = token
    switch (token.kind) {
      case 'number':
        return { kind: 'number', at, value: Exact.from(text) }
      case 'text':
        return { kind: 'text', at, value: text }
      case 'name':
        if (Object.hasOwn(TRUTHS, text)) return { kind: 'boolean', at, value: TRUTHS[text] }
        if (this.next.text === '(' && this.next.kind === 'operator') return this.call(token)
        if (RESERVED.has(text)) throw this.unexpected(token)
        return { kind: 'name', at, end: token.end, name: text }
      default:
        if (text !== '(') throw this.unexpected(token)
        return this.closed(() => this.expression())
    }
  }

  private call({ text, at }: Token): Node {
    const name = functionNamed(text)
    if (!name) throw new FormulaError('unknown_function', at, { name: text })
    this.take()
    const args = this.closed(() => {
      const list = [this.expression()]
      while (this.next.kind === 'operator' && this.next.text === ',') {
        this.take()
        list.push(this.expression())
      }
      return list
    })
    return { kind: 'call', at, name, args }
  }

  private closed<T>(inside: () => T): T {
    const result = this.deeper(inside)
    if (this.next.text !== ')' || this.next.kind !== 'operator') throw this.unexpected()
    this.take()
    return result
  }

  private deeper<T>(inside: () => T): T {
    if (++this.depth > DEEPEST) throw new FormulaError('too_deep', this.next.at, { limit: DEEPEST })
    const result = inside()
    this.depth--
    return result
  }

  private sign(level: number): BinarySign | null {
    const { kind, text } = this.next
    if (kind === 'text' || !Object.hasOwn(LEVELS[level], text)) return null
    return LEVELS[level][text]
  }

  private get next(): Token {
    return this.tokens[this.index]
  }

  private take(): Token {
    const token = this.next
    if (token.kind !== 'end') this.index++
    return token
  }

  private unexpected(token: Token = this.next): FormulaError {
    return new FormulaError('unexpected', token.at, { sign: token.text || '…' })
  }
}
