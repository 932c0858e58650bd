import fc from 'fast-check'
import { test } from '@japa/runner'
import { differenceLines, instalmentOf, type DueDifference } from '#pay/domain/differences'
import { bookOf, checkTreatment, type PayItem } from '#pay/domain/items'
import { computeSlip, type FixedLine, type SlipInput, type TaxBefore } from '#pay/domain/slip'
import { ANNUAL_TABLE } from '#pay/domain/tax'
import { hashedText } from '#pay/domain/trace_hash'

const RULES = { table: ANNUAL_TABLE, monthlyDeduction: 500_000 }
const BEFORE: TaxBefore = {
  months: 1,
  startMonth: 1,
  way: 'monthly',
  income: 0,
  exempt: 0,
  insurance: 0,
  additional: 0,
  other: 0,
  withheld: 0,
}

let nextId = 0
const item = (name: string, formula: string, row: Partial<PayItem> = {}): PayItem => ({
  id: ++nextId,
  code: name,
  name,
  side: 'earning',
  tax: 'taxable',
  drawsOn: null,
  formula,
  orderNo: nextId,
  ...row,
})
const fixed = (name: string, amountFen: number, row: Partial<FixedLine> = {}): FixedLine => ({
  code: name,
  name,
  orderNo: 5_000,
  tax: 'taxable',
  drawsOn: null,
  amountFen,
  differenceId: null,
  trace: {},
  ...row,
})

function slip(
  items: PayItem[],
  values: Record<string, string>,
  input: Partial<SlipInput> = {}
): ReturnType<typeof computeSlip> {
  const { formulas, order, problems } = bookOf(items, [])
  if (problems.length) throw problems[0].error
  const inputs = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, source: 'test' }])
  )
  return computeSlip({ items, formulas, order }, RULES, {
    inputs,
    fixed: [],
    before: BEFORE,
    additionalFen: 0,
    apart: false,
    ...input,
  })
}

test.group('A slip', () => {
  test('an item reads another one as it was rounded; sums by side, drawn apart', ({ assert }) => {
    const found = slip(
      [
        item('岗位工资', '岗位工资标准 / 3'),
        item('绩效', '岗位工资 * 3', { drawsOn: 'basic' }),
        item('养老', '岗位工资 * 8%', { side: 'deduction', tax: 'insurance' }),
        item('工会费', '10', { side: 'deduction', tax: 'other' }),
        item('单位养老', '岗位工资 * 16%', { side: 'employer', tax: 'none' }),
        item('独生子女费', '5', { tax: 'exempt' }),
      ],
      { 岗位工资标准: '1000' }
    )
    // 333.33, three times of it 999.99
    assert.deepEqual(
      found.lines.map(({ name, amountFen }) => [name, amountFen]),
      [
        ['岗位工资', 333_33],
        ['绩效', 999_99],
        ['养老', 26_67],
        ['工会费', 10_00],
        ['单位养老', 53_33],
        ['独生子女费', 5_00],
        ['个人所得税', 0],
      ]
    )
    assert.deepInclude(found, { gross: 1_338_32, deduction: 36_67, tax: 0, net: 1_301_65 })
    assert.deepInclude(found, { employer: 53_33, drawn: 999_99, missing: [] })
    assert.deepEqual(found.taxed, {
      income: 1_338_32,
      exempt: 5_00,
      insurance: 26_67,
      additional: 0,
      other: 0,
    })
  })

  test('what is missing is named once, at its root, and nothing is taxed before it is there', ({
    assert,
  }) => {
    const found = slip(
      [item('薪级', '薪级工资标准'), item('绩效', '薪级 * 2'), item('津贴', '津贴补贴标准')],
      { 津贴补贴标准: '600' }
    )
    assert.deepEqual(found.missing, ['薪级工资标准'])
    assert.deepInclude(found, { gross: 600_00, tax: 0 })
    assert.isUndefined(found.lines.find(({ side }) => side === 'tax'))
  })

  test('a formula that cannot be computed names its item', ({ assert }) => {
    const found = slip([item('绩效', '津贴补贴标准 / 0')], { 津贴补贴标准: '600' })
    assert.deepEqual(found.missing, ['绩效'])
  })

  test('lines of equal order stand by their code; tax is the last', ({ assert }) => {
    const lines = [fixed('b', 1_00), fixed('a', 2_00), fixed('c', 3_00, { orderNo: 1 })]
    assert.deepEqual(
      slip([], {}, { fixed: lines }).lines.map(({ code }) => code),
      ['c', 'a', 'b', 'tax']
    )
  })

  test('the tax of the month is that of the year less what was withheld, never below zero', ({
    assert,
  }) => {
    const before = { ...BEFORE, months: 2, income: 10_000_00, insurance: 1_500_00 }
    const input = {
      fixed: [fixed('工资', 10_000_00)],
      additionalFen: 1_000_00,
      before: { ...before, additional: 1_000_00, withheld: 75_00 },
    }
    assert.equal(slip([], {}, input).tax, 3_00 * 40)
    const much = { ...input, before: { ...input.before, withheld: 999_00 } }
    assert.equal(slip([], {}, much).tax, 0)
  })

  test('a table of the house is named where the tax came about', ({ assert }) => {
    const rules = { ...RULES, source: '税会〔2027〕3号|2027-01-01' }
    const input: SlipInput = {
      inputs: {},
      fixed: [fixed('工资', 10_000_00)],
      before: BEFORE,
      additionalFen: 0,
      apart: false,
    }
    const book = { items: [], formulas: new Map(), order: [] }
    const traceOf = (apart: boolean) =>
      computeSlip(book, rules, { ...input, apart }).lines.at(-1)!.trace
    assert.deepEqual(traceOf(true), {
      bonus: 10_000_00,
      percent: 3,
      quick: 0,
      rules: rules.source,
    })
    assert.deepInclude(traceOf(false), { taxable: 5_000_00, rules: rules.source, withheld: 0 })
  })

  test('a bonus by itself: exempt parts off, nothing into the year', ({ assert }) => {
    const lines = [fixed('奖金', 48_000_00), fixed('免税', 100_00, { tax: 'exempt' })]
    const found = slip([], {}, { fixed: lines, apart: true })
    assert.equal(found.tax, 48_000_00 / 10 - 210_00)
    assert.deepEqual(Object.values(found.taxed), [0, 0, 0, 0, 0])
    const back = slip([], {}, { fixed: [fixed('追回', -50_00)], apart: true })
    assert.equal(back.tax, 0)
  })

  test('side and treatment go together', ({ assert }) => {
    for (const [side, tax] of [
      ['earning', 'taxable'],
      ['earning', 'exempt'],
      ['deduction', 'insurance'],
      ['deduction', 'other'],
      ['employer', 'none'],
    ] as const) {
      checkTreatment(side, tax)
    }
    for (const [side, tax] of [
      ['earning', 'insurance'],
      ['deduction', 'taxable'],
      ['employer', 'other'],
    ] as const) {
      assert.throws(() => checkTreatment(side, tax), 'pay.errors.treatment')
    }
  })

  test('every figure of a line is in the hashed text', ({ assert }) => {
    const line = { orderNo: 1, code: 'a', name: '甲', side: 'earning' as const, amountFen: 100 }
    const text = (row: object) => hashedText('{}', [{ ...line, trace: '{}', ...row }])
    const plain = text({})
    for (const row of [
      { orderNo: 2 },
      { code: 'b' },
      { name: '乙' },
      { side: 'deduction' },
      { amountFen: 101 },
      { trace: '{"x":1}' },
    ]) {
      assert.notEqual(text(row), plain, JSON.stringify(row))
    }
    assert.notEqual(hashedText('{"a":1}', []), hashedText('{}', []))
  })
})

test.group('Differences on a slip', () => {
  let id = 0
  const due = (amountFen: number, row: Partial<DueDifference> = {}): DueDifference => ({
    id: ++id,
    number: `CE${id}`,
    itemName: '薪级工资',
    fact: '1 → 2',
    amountFen,
    settledFen: 0,
    instalmentFen: null,
    tax: 'taxable',
    drawsOn: null,
    ...row,
  })
  const amounts = (list: DueDifference[], net = 3_000_00, floor = 2_000_00) =>
    differenceLines(list, net, floor).map(({ name, amountFen }) => [name, amountFen])

  test('what is owed is paid at once, what was settled before is not paid again', ({ assert }) => {
    assert.deepEqual(amounts([due(500_00), due(300_00, { settledFen: 100_00 })], 0), [
      ['补发薪级工资', 500_00],
      ['补发薪级工资', 200_00],
    ])
  })

  test('a recovery is bound by its instalment, by the floor, and by the one before it', ({
    assert,
  }) => {
    assert.deepEqual(amounts([due(-400_00)]), [['扣回薪级工资', -400_00]])
    assert.deepEqual(amounts([due(-400_00, { instalmentFen: 150_00 })]), [
      ['扣回薪级工资', -150_00],
    ])
    assert.deepEqual(amounts([due(-400_00, { settledFen: -390_00 })]), [['扣回薪级工资', -10_00]])
    assert.deepEqual(amounts([due(-700_00), due(-700_00)]), [
      ['扣回薪级工资', -700_00],
      ['扣回薪级工资', -300_00],
    ])
  })

  test('spread over so many runs it comes back whole, in equal parts to the fen', ({ assert }) => {
    assert.isNull(instalmentOf(-100_00, null))
    assert.isNull(instalmentOf(-100_00, 1))
    assert.isNull(instalmentOf(100_00, 3))
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_00 }),
        fc.integer({ min: 2, max: 36 }),
        (fen, parts) => {
          const instalmentFen = instalmentOf(-fen, parts)
          const taken: number[] = []
          for (let settledFen = 0; settledFen !== -fen;) {
            const one = due(-fen, { instalmentFen, settledFen })
            const [{ amountFen, trace }] = differenceLines([one], 9_000_00, 0)
            settledFen += amountFen
            assert.equal(trace.restFen, -fen - settledFen)
            taken.push(-amountFen)
          }
          assert.isAtMost(taken.length, parts)
          assert.equal(
            taken.reduce((sum, part) => sum + part, 0),
            fen
          )
          for (const part of taken.slice(0, -1)) assert.equal(part, Math.ceil(fen / parts))
        }
      )
    )
  })

  test('nothing is taken from who is at the floor; what is paid beside it makes room', ({
    assert,
  }) => {
    assert.deepEqual(amounts([due(-400_00)], 2_000_00), [])
    assert.deepEqual(amounts([due(-400_00)], 1_000_00), [])
    assert.deepEqual(amounts([due(250_00), due(-400_00)], 2_000_00), [
      ['补发薪级工资', 250_00],
      ['扣回薪级工资', -250_00],
    ])
  })
})
