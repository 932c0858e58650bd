/**
 * The safe expression language of the house (ADR 0017): indicators, schemes and pay items are
 * written in it. Numbers are exact fractions, never floats; nothing a user writes is ever run as
 * code: a formula is parsed into a tree once and only this file walks it.
 *
 *   const formula = formulaOf('0.5 * 工作量分 + 0.5 * 质量分 + 加减分')   // cached; FormulaError names the place
 *   formula.names                                  // ['工作量分', '质量分', '加减分']
 *   checkFormula(formula, { 工作量分: 'number', … })  // every unknown name and wrong type, [] when sound
 *   checkBook(new Map([['得分', formula], …]), given) // formulas that use one another: order, cycles (check.ts)
 *   const { value, used } = evaluate(formula, { 工作量分: Exact.from('92.1'), … })
 *   numberOf(value).toFixed(2)                     // rounding is said, never assumed; .toFen() for yuan
 *   withValues(formula, used)                      // '0.5 * 92.1 + 0.5 * 88 + 1': the trace people read
 *
 * A trace is the source, `used` (only what was read, as exact texts) and the value; store these
 * three, and `valuesOf(used, types)` gives back what was put in, so that anybody can compute again.
 *
 * The language: decimals, `60%`, + - * / (× ÷), = != < <= > >= (≤ ≥ ≠), and or not (且 或 非),
 * true false (是 否), "text" to compare with, names in any script (岗位.系数), full-width signs, and
 * if(condition, a, b) min max limit(x, low, high) abs round(x, places) round_up round_down
 * band(x, limit, value, limit, value, …, otherwise), each with its Chinese name too (如果 最小 最大 限
 * 绝对值 四舍五入 进位 舍去 分档). A name without a value and a division by zero are FormulaErrors.
 */
import { checkCalls } from './check.js'
import { Exact } from './exact.js'
import { FormulaError } from './errors.js'
import { NUMBER_FUNCTIONS } from './functions.js'
import { parse, type BinarySign, type Node } from './parser.js'
import { tokensOf } from './tokens.js'

export { checkBook, checkFormula, type Types } from './check.js'
export { Exact } from './exact.js'
export { FormulaError } from './errors.js'

export type Value = Exact | boolean | string
export type ValueType = 'number' | 'boolean' | 'text'
export type Values = Readonly<Record<string, Value | null | undefined>>

export interface Formula {
  readonly source: string
  readonly tree: Node
  /** Names it may read, in the order they first stand in it. */
  readonly names: readonly string[]
  readonly run: (reader: Reader) => Value
}

export interface Evaluation {
  value: Value
  /** The values that were read, exactly, as text. */
  used: Record<string, string>
}

type Reader = (name: string, at: number) => Value
type Run = (read: Reader) => Value

const CACHED = 2_000
const cache = new Map<string, Formula>()

/** Parses and compiles a formula once; the same text gives the same object. */
export function formulaOf(source: string): Formula {
  const known = cache.get(source)
  if (known) return known
  const tree = parse(source)
  checkCalls(tree)
  const formula = { source, tree, names: [...new Set(namesIn(tree))], run: compile(tree) }
  if (cache.size >= CACHED) cache.clear()
  cache.set(source, formula)
  return formula
}

/** The result and what was read for it. */
export function evaluate(formula: Formula, values: Values): Evaluation {
  const used: Record<string, string> = {}
  const value = formula.run((name, at) => {
    const found = Object.hasOwn(values, name) ? values[name] : undefined
    if (found === undefined || found === null) {
      throw new FormulaError('missing_value', at, { name })
    }
    used[name] ??= String(found)
    return found
  })
  return { value, used }
}

/** The number that a formula gave. */
export function numberOf(value: Value): Exact {
  if (value instanceof Exact) return value
  throw new FormulaError('type', 0, { wanted: 'number', found: typeName(value) })
}

/** Back from the texts of a stored trace to the values that were put in. */
export function valuesOf(
  used: Readonly<Record<string, string>>,
  types: Readonly<Record<string, ValueType>> = {}
): Record<string, Value> {
  const typed = (name: string, text: string): Value => {
    const type = types[name] ?? 'number'
    if (type === 'number') return Exact.from(text)
    return type === 'boolean' ? text === 'true' : text
  }
  return Object.fromEntries(Object.entries(used).map(([name, text]) => [name, typed(name, text)]))
}

/** The formula with its values put in; a name that was not read stays a name. */
export function withValues(formula: Formula, used: Readonly<Record<string, string>>): string {
  let shown = ''
  let from = 0
  for (const { kind, text, at, end } of tokensOf(formula.source)) {
    if (kind !== 'name' || !Object.hasOwn(used, text) || !formula.names.includes(text)) continue
    const value = used[text]
    shown += formula.source.slice(from, at) + (/^-|\//.test(value) ? `(${value})` : value)
    from = end
  }
  return shown + formula.source.slice(from)
}

function namesIn(node: Node): string[] {
  switch (node.kind) {
    case 'name':
      return [node.name]
    case 'negate':
    case 'not':
      return namesIn(node.of)
    case 'binary':
      return [...namesIn(node.left), ...namesIn(node.right)]
    case 'call':
      return node.args.flatMap(namesIn)
    default:
      return []
  }
}

function compile(node: Node): Run {
  switch (node.kind) {
    case 'number':
    case 'text':
    case 'boolean': {
      const { value } = node
      return () => value
    }
    case 'name':
      return (read) => read(node.name, node.at)
    case 'negate': {
      const of = number(node.of)
      return (read) => of(read).negated()
    }
    case 'not': {
      const of = truth(node.of)
      return (read) => !of(read)
    }
    case 'binary':
      return binary(node)
    case 'call':
      return call(node)
  }
}

function call(node: Node & { kind: 'call' }): Run {
  if (node.name === 'if') {
    const condition = truth(node.args[0])
    const [yes, no] = [compile(node.args[1]), compile(node.args[2])]
    return (read) => (condition(read) ? yes(read) : no(read))
  }
  const args = node.args.map(number)
  const { run } = NUMBER_FUNCTIONS[node.name]
  return (read) =>
    run(
      args.map((argument) => argument(read)),
      node.at
    )
}

const ARITHMETIC: Partial<Record<BinarySign, (a: Exact, b: Exact) => Value>> = {
  '+': (a, b) => a.plus(b),
  '-': (a, b) => a.minus(b),
  '*': (a, b) => a.times(b),
  '<': (a, b) => a.compare(b) < 0,
  '<=': (a, b) => a.compare(b) <= 0,
  '>': (a, b) => a.compare(b) > 0,
  '>=': (a, b) => a.compare(b) >= 0,
}

function binary({ sign, left, right, at }: Node & { kind: 'binary' }): Run {
  if (sign === 'and' || sign === 'or') {
    const [first, second] = [truth(left), truth(right)]
    return sign === 'and'
      ? (read) => first(read) && second(read)
      : (read) => first(read) || second(read)
  }
  if (sign === '=' || sign === '!=') {
    const [first, second] = [compile(left), compile(right)]
    return (read) => same(first(read), second(read), right.at) === (sign === '=')
  }
  const [first, second] = [number(left), number(right)]
  if (sign === '/') {
    return (read) => {
      const divisor = second(read)
      if (divisor.isZero) throw new FormulaError('division_by_zero', at)
      return first(read).dividedBy(divisor)
    }
  }
  const operation = ARITHMETIC[sign]!
  return (read) => operation(first(read), second(read))
}

function same(a: Value, b: Value, at: number): boolean {
  if (a instanceof Exact && b instanceof Exact) return a.equals(b)
  if (typeof a === typeof b && !(a instanceof Exact)) return a === b
  throw new FormulaError('type', at, { wanted: typeName(a), found: typeName(b) })
}

function number(node: Node): (read: Reader) => Exact {
  const run = compile(node)
  return (read) => {
    const value = run(read)
    if (value instanceof Exact) return value
    throw new FormulaError('type', node.at, { wanted: 'number', found: typeName(value) })
  }
}

function truth(node: Node): (read: Reader) => boolean {
  const run = compile(node)
  return (read) => {
    const value = run(read)
    if (typeof value === 'boolean') return value
    throw new FormulaError('type', node.at, { wanted: 'boolean', found: typeName(value) })
  }
}

function typeName(value: Value): ValueType {
  if (value instanceof Exact) return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'text'
}
