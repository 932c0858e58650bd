import { Exact, type RoundingMode } from './exact.js'
import { FormulaError } from './errors.js'

/** Functions of numbers alone; `if` is not here, for it reads only the branch it takes. */
export interface NumberFunction {
  /** How many arguments: from, to. */
  arity: readonly [number, number]
  /** Only these numbers of arguments of the range are sound. */
  odd?: boolean
  run(args: Exact[], at: number): Exact
}

const MOST = 40
const PLACES = 12

const rounding = (mode: RoundingMode): NumberFunction => ({
  arity: [1, 2],
  run: ([value, places = Exact.ZERO], at) => value.round(wholePlaces(places, at), mode),
})

export const NUMBER_FUNCTIONS = {
  abs: { arity: [1, 1], run: ([value]) => value.abs() },
  min: { arity: [1, MOST], run: (args) => pick(args, -1) },
  max: { arity: [1, MOST], run: (args) => pick(args, 1) },
  /** limit(value, lowest, highest) */
  limit: { arity: [3, 3], run: ([value, low, high]) => pick([pick([value, low], 1), high], -1) },
  round: rounding('half_up'),
  round_up: rounding('up'),
  round_down: rounding('down'),
  /** band(x, 36000, 0.03, 144000, 0.1, 0.45): the value of the first limit that x does not exceed, else the last. */
  band: { arity: [2, MOST + 1], odd: false, run: ([value, ...steps]) => bandOf(value, steps) },
} satisfies Record<string, NumberFunction>

export type FunctionName = keyof typeof NUMBER_FUNCTIONS | 'if'

const CHINESE: Record<string, FunctionName> = {
  如果: 'if',
  最小: 'min',
  最大: 'max',
  限: 'limit',
  绝对值: 'abs',
  四舍五入: 'round',
  进位: 'round_up',
  舍去: 'round_down',
  分档: 'band',
}

export const FUNCTION_NAMES = ['if', ...Object.keys(NUMBER_FUNCTIONS), ...Object.keys(CHINESE)]

export function functionNamed(text: string): FunctionName | null {
  if (Object.hasOwn(CHINESE, text)) return CHINESE[text]
  return text === 'if' || Object.hasOwn(NUMBER_FUNCTIONS, text) ? (text as FunctionName) : null
}

/** Refuses a call with too few, too many or unpaired arguments. */
export function checkArity(name: FunctionName, count: number, at: number) {
  const { arity, odd }: Pick<NumberFunction, 'arity' | 'odd'> =
    name === 'if' ? { arity: [3, 3] } : NUMBER_FUNCTIONS[name]
  const parityFits = odd === undefined || (count % 2 === 1) === odd
  if (count < arity[0] || count > arity[1] || !parityFits) {
    throw new FormulaError('arguments', at, { name, count })
  }
}

function pick(args: Exact[], sign: 1 | -1): Exact {
  return args.reduce((best, value) => (value.compare(best) === sign ? value : best))
}

function bandOf(value: Exact, steps: Exact[]): Exact {
  for (let index = 0; index + 1 < steps.length; index += 2) {
    if (value.compare(steps[index]) <= 0) return steps[index + 1]
  }
  return steps[steps.length - 1]
}

function wholePlaces(places: Exact, at: number): number {
  const number = Number(places.toString())
  if (!Number.isInteger(number) || number < 0 || number > PLACES) {
    throw new FormulaError('places', at, { limit: PLACES })
  }
  return number
}
