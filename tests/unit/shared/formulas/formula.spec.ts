import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  checkBook,
  checkFormula,
  evaluate,
  Exact,
  FormulaError,
  formulaOf,
  numberOf,
  valuesOf,
  withValues,
} from '#shared/formulas/formula'

const number = (text: string) => Exact.from(text)
const result = (source: string, values = {}) => String(evaluate(formulaOf(source), values).value)

function problemOf(work: () => unknown): { problem: string; at: number } {
  try {
    work()
  } catch (error) {
    if (error instanceof FormulaError) return { problem: error.problem, at: error.at }
    throw error
  }
  throw new Error('nothing was wrong')
}

test.group('Formulas: the language', () => {
  for (const [source, expected] of [
    ['0.1 + 0.2', '0.3'],
    ['1 / 3 * 3', '1'],
    ['2 + 3 * 4 - 6 / 4', '12.5'],
    ['-(2 + 3) × 4 ÷ 8', '-2.5'],
    ['（１＋２）＊３', '9'],
    ['60% * 200', '120'],
    ['round(2.345, 2)', '2.35'],
    ['四舍五入(2.5)', '3'],
    ['round_down(2.349, 2) + round_up(2.341, 2)', '4.69'],
    ['min(3, 1, 2) + max(3, 1, 2)', '4'],
    ['limit(120, 0, 100) + limit(-5, 0, 100)', '100'],
    ['abs(-3) + 绝对值(2)', '5'],
    ['if(1 < 2, 10, 1 / 0)', '10'],
    ['如果(是 且 非 否, 1, 2)', '1'],
    ['band(36000, 36000, 0.03, 144000, 0.1, 0.2)', '0.03'],
    ['band(36000.01, 36000, 0.03, 144000, 0.1, 0.2)', '0.1'],
    ['分档(200000, 36000, 0.03, 144000, 0.1, 0.2)', '0.2'],
    ['1 = 1.0 and "a" != "b"', 'true'],
    ['not 1 > 2 or false', 'true'],
    ['1 ≤ 2 && 2 ≥ 2 && 1 ≠ 2', 'true'],
    ['1/3 = 2/6', 'true'],
  ]) {
    test(`${source} → ${expected}`, ({ assert }) => assert.equal(result(source), expected))
  }

  test('names are of any script; what was read is on record', ({ assert }) => {
    const formula = formulaOf('max(0.5 * 工作量分 + 0.5*质量分 + 加减分, 0)')
    assert.deepEqual(formula.names, ['工作量分', '质量分', '加减分'])
    const { value, used } = evaluate(formula, {
      工作量分: number('92.1'),
      质量分: number('88'),
      加减分: number('-1.5'),
      岗位: 'A',
    })
    assert.equal(numberOf(value).toFixed(2), '88.55')
    assert.deepEqual(used, { 工作量分: '92.1', 质量分: '88', 加减分: '-1.5' })
    assert.equal(withValues(formula, used), 'max(0.5 * 92.1 + 0.5*88 + (-1.5), 0)')
  })

  test('a branch that is not taken is not read and asks for no value', ({ assert }) => {
    const formula = formulaOf('if(类别 = "编外", 基数, 编制基数 * 2)')
    const { value, used } = evaluate(formula, { 类别: '编外', 基数: number('10') })
    assert.equal(String(value), '10')
    assert.equal(withValues(formula, used), 'if(编外 = "编外", 10, 编制基数 * 2)')
    const problem = problemOf(() => evaluate(formula, { 类别: '在编', 基数: number('10') }))
    assert.deepEqual(problem, { problem: 'missing_value', at: 18 })
  })

  test('a stored trace computes to the same again', ({ assert }) => {
    const formula = formulaOf('if(在岗, a / b, 0) + c.d')
    const values = { '在岗': true, 'a': number('1'), 'b': number('3'), 'c.d': number('0.25') }
    const { value, used } = evaluate(formula, values)
    const again = evaluate(formula, valuesOf(JSON.parse(JSON.stringify(used)), { 在岗: 'boolean' }))
    assert.equal(String(again.value), String(value))
    assert.equal(String(value), '7/12')
  })
})

test.group('Formulas: what is refused, and where', () => {
  for (const [source, problem, at] of [
    ['', 'empty', 0],
    ['   ', 'empty', 0],
    ['1 +', 'unexpected', 3],
    ['(1 + 2', 'unexpected', 6],
    ['1 2', 'unexpected', 2],
    ['1 < 2 < 3', 'unexpected', 6],
    ['a ; b', 'unknown_sign', 2],
    ['"a', 'open_quote', 0],
    ['1 / (2 - 2)', 'division_by_zero', 2],
    ['min()', 'unexpected', 4],
    ['round(1, 2, 3)', 'arguments', 0],
    ['band(1, 2, 3)', 'arguments', 0],
    ['if(1 < 2, 3)', 'arguments', 0],
    ['eval(1)', 'unknown_function', 0],
    ['constructor(1)', 'unknown_function', 0],
    ['round(1, 0.5)', 'places', 0],
    ['round(1, 99)', 'places', 0],
    ['1 + true', 'type', 4],
    ['not 3', 'type', 4],
    ['"a" = 1', 'type', 6],
    ['min', 'unexpected', 0],
    ['x', 'missing_value', 0],
    ['__proto__', 'missing_value', 0],
    ['a.constructor', 'missing_value', 0],
    [`${'('.repeat(70)}1${')'.repeat(70)}`, 'too_deep', 61],
    ['1'.padStart(2_001, ' '), 'too_long', 2_000],
  ] as const) {
    test(`${source.slice(0, 20)} → ${problem}`, ({ assert }) => {
      assert.deepEqual(
        problemOf(() => result(source)),
        { problem, at }
      )
    })
  }

  test('no text whatever makes it run code, hang or fail otherwise than by its own error', ({
    assert,
  }) => {
    const words = [
      '1',
      '0.5',
      'a',
      '工作量分',
      '(',
      ')',
      '+',
      '*',
      '/',
      ',',
      'if',
      'min',
      '"',
      '=',
      '非',
    ]
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...words)).map((l) => l.join(' '))
    )
    fc.assert(
      fc.property(text, (source) => {
        try {
          evaluate(formulaOf(source), { a: number('2'), 工作量分: number('3') })
        } catch (error) {
          assert.instanceOf(error, FormulaError)
        }
      }),
      { numRuns: 2_000 }
    )
  })
})

test.group('Formulas: checked when they are saved', () => {
  test('every unknown name and wrong type at once', ({ assert }) => {
    const formula = formulaOf('if(得分, 基数 * 系数, "无") + 未知')
    const problems = checkFormula(formula, { 得分: 'number', 基数: 'number', 类别: 'text' })
    assert.deepEqual(
      problems.map(({ problem, at, params }) => [problem, at, params.name ?? params.found]),
      [
        ['type', 3, 'number'],
        ['unknown_name', 12, '系数'],
        ['type', 16, 'text'],
        ['unknown_name', 23, '未知'],
      ]
    )
  })

  test('the result has its type too', ({ assert }) => {
    assert.lengthOf(checkFormula(formulaOf('1 < 2'), {}), 1)
    assert.lengthOf(checkFormula(formulaOf('1 < 2'), {}, 'boolean'), 0)
  })

  test('formulas that use one another come in an order that works', ({ assert }) => {
    const book = new Map(
      Object.entries({ 实发: '应发 - 税', 税: 'round(应发 * 3%, 2)', 应发: '岗位 + 薪级' }).map(
        ([name, source]) => [name, formulaOf(source)]
      )
    )
    const given = { 岗位: 'number', 薪级: 'number' } as const
    assert.deepEqual(checkBook(book, given), { order: ['应发', '税', '实发'], problems: [] })
  })

  test('a circle is named member by member; a name cannot be taken twice', ({ assert }) => {
    const book = new Map(
      Object.entries({ a: 'b + 1', b: 'c', c: 'a', 岗位: '1', min: '2' }).map(([name, source]) => [
        name,
        formulaOf(source),
      ])
    )
    const { order, problems } = checkBook(book, { 岗位: 'number' })
    assert.lengthOf(order, 0)
    assert.deepEqual(
      problems.map(({ name, error }) => [name, error.problem, error.params.names ?? null]),
      [
        ['岗位', 'name_taken', null],
        ['min', 'name_taken', null],
        ['a', 'cycle', 'a → b → c → a'],
      ]
    )
  })
})
