import { FormulaError } from './errors.js'
import { checkArity } from './functions.js'
import type { Formula, ValueType } from './formula.js'
import { RESERVED, type Node } from './parser.js'

export type Types = Readonly<Record<string, ValueType>>

/**
 * Type of a formula's result; every unknown name and wrong type lands in `problems` (all at once,
 * so that somebody who writes a formula mends it in one go).
 */
export function typeOf(node: Node, types: Types, problems: FormulaError[]): ValueType | null {
  const expect = (of: Node, wanted: ValueType) => {
    const found = typeOf(of, types, problems)
    if (found && found !== wanted) {
      problems.push(new FormulaError('type', of.at, { wanted, found }))
    }
  }
  switch (node.kind) {
    case 'number':
    case 'text':
    case 'boolean':
      return node.kind
    case 'name':
      if (Object.hasOwn(types, node.name)) return types[node.name]
      problems.push(new FormulaError('unknown_name', node.at, { name: node.name }))
      return null
    case 'negate':
      expect(node.of, 'number')
      return 'number'
    case 'not':
      expect(node.of, 'boolean')
      return 'boolean'
    case 'binary':
      return typeOfBinary(node, types, problems, expect)
    case 'call': {
      if (node.name !== 'if') {
        for (const argument of node.args) expect(argument, 'number')
        return 'number'
      }
      expect(node.args[0], 'boolean')
      const type = typeOf(node.args[1], types, problems)
      if (type) expect(node.args[2], type)
      else typeOf(node.args[2], types, problems)
      return type
    }
  }
}

function typeOfBinary(
  node: Node & { kind: 'binary' },
  types: Types,
  problems: FormulaError[],
  expect: (of: Node, wanted: ValueType) => void
): ValueType {
  if (node.sign === '=' || node.sign === '!=') {
    const type = typeOf(node.left, types, problems)
    if (type) expect(node.right, type)
    else typeOf(node.right, types, problems)
    return 'boolean'
  }
  const logic = node.sign === 'and' || node.sign === 'or'
  const operand = logic ? 'boolean' : 'number'
  expect(node.left, operand)
  expect(node.right, operand)
  return logic || '<>='.includes(node.sign[0]) ? 'boolean' : 'number'
}

/** Every call of the tree has arguments that fit; throws at the first that has not. */
export function checkCalls(node: Node) {
  if (node.kind === 'call') {
    checkArity(node.name, node.args.length, node.at)
    node.args.forEach(checkCalls)
  } else if (node.kind === 'binary') {
    checkCalls(node.left)
    checkCalls(node.right)
  } else if (node.kind === 'negate' || node.kind === 'not') checkCalls(node.of)
}

/** Everything that is wrong with one formula, given the names it may use. */
export function checkFormula(
  formula: Formula,
  types: Types,
  result: ValueType = 'number'
): FormulaError[] {
  const problems: FormulaError[] = []
  const found = typeOf(formula.tree, types, problems)
  if (found && found !== result && problems.length === 0) {
    problems.push(new FormulaError('type', 0, { wanted: result, found }))
  }
  return problems
}

/**
 * Checks formulas that may use one another's results besides the given names: types, names, cycles.
 * `order` is the order to evaluate them in (empty when something is wrong).
 */
export function checkBook(
  book: ReadonlyMap<string, Formula>,
  given: Types
): { order: string[]; problems: Array<{ name: string; error: FormulaError }> } {
  const problems: Array<{ name: string; error: FormulaError }> = []
  for (const name of book.keys()) {
    if (Object.hasOwn(given, name) || RESERVED.has(name)) {
      problems.push({ name, error: new FormulaError('name_taken', 0, { name }) })
    }
  }
  const { order, cycle } = orderOf(book)
  if (cycle.length > 0) {
    const error = new FormulaError('cycle', 0, { names: [...cycle, cycle[0]].join(' → ') })
    problems.push({ name: cycle[0], error })
  }
  const types: Record<string, ValueType> = { ...given }
  for (const name of book.keys()) types[name] = 'number'
  for (const [name, formula] of book) {
    for (const error of checkFormula(formula, types)) problems.push({ name, error })
  }
  return { order: problems.length === 0 ? order : [], problems }
}

/** Depth first, in the order given; the first cycle met is named member by member. */
function orderOf(book: ReadonlyMap<string, Formula>): { order: string[]; cycle: string[] } {
  const order: string[] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (name: string): string[] => {
    if (done.has(name)) return []
    const seen = path.indexOf(name)
    if (seen >= 0) return path.slice(seen)
    path.push(name)
    for (const used of book.get(name)!.names) {
      const cycle = book.has(used) ? visit(used) : []
      if (cycle.length > 0) return cycle
    }
    path.pop()
    done.add(name)
    order.push(name)
    return []
  }
  for (const name of book.keys()) {
    const cycle = visit(name)
    if (cycle.length > 0) return { order: [], cycle }
  }
  return { order, cycle: [] }
}
