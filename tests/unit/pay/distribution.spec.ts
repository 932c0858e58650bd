import { test } from '@japa/runner'
import {
  checkDistribution,
  DEFAULT_DISTRIBUTION,
  distribute,
  postKey,
  weightOf,
  type DistributionPerson,
  type DistributionSettings,
} from '#pay/domain/distribution'
import { parametersFrom } from '#pay/domain/rules'
import { allowedAs, isSettledRun, monthsOf, partsOf } from '#pay/domain/runs'

const settings = (row: Partial<DistributionSettings> = {}) => ({ ...DEFAULT_DISTRIBUTION, ...row })
const person = (
  personId: number,
  values: Record<string, string> = {},
  departmentId: number | null = 1
): DistributionPerson => ({
  personId,
  departmentId,
  inputs: Object.fromEntries(
    Object.entries({
      工作量分: '80',
      质量分: '90',
      加减分: '0',
      岗位系数: '1.2',
      出勤率: '1',
      部门权重: '1',
      一线倾斜: '1',
      ...values,
    }).map(([name, value]) => [name, { value, source: 'test' }])
  ),
})
const amounts = (found: ReturnType<typeof distribute>) =>
  [...found.shares.values()].map(({ amountFen }) => amountFen)

test.group('The incentive part shared out', () => {
  test('score and weight by the default: half and half, not below zero', ({ assert }) => {
    assert.deepEqual(weightOf(person(1).inputs, settings()), { score: '85', weight: '1.02' })
    const bad = weightOf(person(1, { 加减分: '-200' }).inputs, settings())
    assert.deepEqual(bad, { score: '0', weight: '0' })
    const third = weightOf(person(1).inputs, settings({ weightFormula: '得分 / 3' }))
    assert.equal(third.weight, '28.33333333333333333333')
  })

  test('people and reserve are the pool, departments the sums of their people', ({ assert }) => {
    const people = [person(1), person(2, { 岗位系数: '1.45' }), person(3, {}, null)]
    const found = distribute(1_000_01, people, settings())
    assert.equal(
      amounts(found).reduce((a, b) => a + b, 0),
      1_000_01
    )
    const [one, two, three] = amounts(found)
    assert.equal(found.departments.get(1), one + two)
    assert.equal(found.departments.get(null), three)
    assert.deepInclude(found, { reserveFen: 0, poolFen: 1_000_01 })
  })

  test('caps leave a reserve, floors are kept', ({ assert }) => {
    const people = [person(1), person(2, { 加减分: '-200' })]
    const capped = distribute(1_000_00, people, settings({ capFen: 300_00, floorFen: 50_00 }))
    assert.deepEqual([amounts(capped), capped.reserveFen], [[300_00, 50_00], 650_00])
    const floored = distribute(1_000_00, people, settings({ floorFen: 50_00 }))
    assert.deepEqual(amounts(floored), [950_00, 50_00])
  })

  test('nobody there: all is reserve; nobody with a weight, a floor too high, a negative weight: refused', ({
    assert,
  }) => {
    assert.equal(distribute(1_000, [], settings()).reserveFen, 1_000)
    const zero = [person(1, { 出勤率: '0' })]
    assert.throws(() => distribute(1_000, zero, settings()), 'pay.errors.no_weight')
    assert.throws(
      () => distribute(1_000, [person(1), person(2)], settings({ floorFen: 501 })),
      'pay.errors.floor_above_pool'
    )
    assert.throws(
      () => distribute(1_000, [person(1, { 岗位系数: '-1' })], settings()),
      'pay.errors.negative_weight'
    )
  })

  test('formulas read what a person has; the other place is refused by its field', ({ assert }) => {
    checkDistribution(DEFAULT_DISTRIBUTION)
    const fieldOf = (row: Partial<DistributionSettings>) => {
      try {
        checkDistribution(settings(row))
        return null
      } catch (error: any) {
        return error.fields[0].field
      }
    }
    assert.equal(fieldOf({ scoreFormula: '岗位系数' }), 'score_formula')
    assert.equal(fieldOf({ weightFormula: '得分 * 薪级' }), 'weight_formula')
    assert.equal(fieldOf({ weightFormula: '得分 *' }), 'weight_formula')
    assert.equal(fieldOf({ floorFen: 500_01, capFen: 500_00 }), 'cap')
    assert.isNull(fieldOf({ floorFen: 500_00, capFen: 500_00 }))
    assert.equal(postKey(null, null), ':')
    assert.equal(postKey('editorial', '记者'), 'editorial:记者')
  })
})

test.group('Small rules of pay', () => {
  test('months over the turn of a year, one month, none', ({ assert }) => {
    assert.deepEqual(monthsOf('2022-11', '2023-02'), ['2022-11', '2022-12', '2023-01', '2023-02'])
    assert.deepEqual(monthsOf('2022-06', '2022-06'), ['2022-06'])
    assert.deepEqual(monthsOf('2022-07', '2022-06'), [])
  })

  test('a released month is settled; a correction and regular pay pass the freeze, a bonus does not', ({
    assert,
  }) => {
    assert.isTrue(isSettledRun({ kind: 'monthly', state: 'paid' }))
    assert.isFalse(isSettledRun({ kind: 'monthly', state: 'approved' }))
    assert.isFalse(isSettledRun({ kind: 'incentive', state: 'paid' }))
    const passes = (['monthly', 'incentive', 'correction', 'year_end'] as const).map(allowedAs)
    assert.deepEqual(passes, ['regular_pay', 'regular_pay', 'correction', null])
  })

  test('what a run draws on, by itself first: regular pay the basic part, shares the incentive', ({
    assert,
  }) => {
    const parts = (['monthly', 'incentive', 'year_end', 'correction'] as const).map(partsOf)
    assert.deepEqual(parts, [['basic'], ['incentive'], ['incentive'], ['basic', 'incentive']])
  })

  test('parameters keep names and units, are decimals; a new one is a name of the language', ({
    assert,
  }) => {
    const days = { value: '1', unit: 'days' as const }
    const add = (name: string | null, value: string | null) => ({
      name,
      value,
      unit: 'yuan' as const,
    })
    const none = add(null, null)
    assert.deepEqual(parametersFrom({ 餐补: days }, { 餐补: ' 020.50 ' }, none), {
      餐补: { value: '20.5', unit: 'days' },
    })
    assert.deepEqual(parametersFrom({ 餐补: days }, { 餐补: null }, add('车补', '3')), {
      餐补: days,
      车补: { value: '3', unit: 'yuan' },
    })
    for (const value of ['', '-1', '1,5', '1.1234567', '9'.repeat(13)]) {
      const typed = () => parametersFrom({ 餐补: days }, { 餐补: value }, none)
      assert.throws(typed, /parameter_value/)
    }
    for (const name of ['餐补', '两 字', '1 + 1', '(']) {
      assert.throws(() => parametersFrom({ 餐补: days }, {}, add(name, '1')), /parameter_name/)
    }
    assert.throws(() => parametersFrom({}, {}, add('车补', null)), /parameter_value/)
  })
})
