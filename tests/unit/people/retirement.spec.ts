import fc from 'fast-check'
import { test } from '@japa/runner'
import { retirementDate, type RetirementInput } from '#people/domain/retirement'
import { RETIREMENT_RULES, rulesKnownOn } from '#people/domain/retirement_rules'
import { monthOf, shiftMonth } from '#shared/dates'

const rules = RETIREMENT_RULES
const retire = (input: Partial<RetirementInput>) => {
  const result = retirementDate({ birth: '1970-01', sex: 'male', kind: 'cadre', rules, ...input })
  if (!result.ok) throw new Error(result.error)
  return result
}

/** Rows of the tables of the decree: month of birth, age in years and months, month of retiring. */
const TABLE: [string, 'man' | 'cadre' | 'worker', number, number, string][] = [
  ['1964-12', 'man', 60, 0, '2024-12'],
  ['1965-01', 'man', 60, 1, '2025-02'],
  ['1965-04', 'man', 60, 1, '2025-05'],
  ['1965-05', 'man', 60, 2, '2025-07'],
  ['1970-10', 'man', 61, 6, '2032-04'],
  ['1976-08', 'man', 62, 11, '2039-07'],
  ['1976-09', 'man', 63, 0, '2039-09'],
  ['1990-01', 'man', 63, 0, '2053-01'],
  ['1969-12', 'cadre', 55, 0, '2024-12'],
  ['1970-01', 'cadre', 55, 1, '2025-02'],
  ['1981-08', 'cadre', 57, 11, '2039-07'],
  ['1981-09', 'cadre', 58, 0, '2039-09'],
  ['1974-12', 'worker', 50, 0, '2024-12'],
  ['1975-01', 'worker', 50, 1, '2025-02'],
  ['1975-02', 'worker', 50, 1, '2025-03'],
  ['1975-03', 'worker', 50, 2, '2025-05'],
  ['1984-11', 'worker', 55, 0, '2039-11'],
  ['1990-06', 'worker', 55, 0, '2045-06'],
]

test.group('retirement', () => {
  test('{0} {1}: at {2} years {3} months, in {4}')
    .with(TABLE)
    .run(({ assert }, [birth, group, years, months, month]) => {
      const result = retire(group === 'man' ? { birth } : { birth, sex: 'female', kind: group })
      assert.equal(result.ageMonths, years * 12 + months)
      assert.equal(result.month, month)
      assert.isNull(result.reachedOn)
    })

  test('is the end of the month in which the age is reached', ({ assert }) => {
    assert.deepInclude(retire({ birth: '1965-01-31' }), {
      reachedOn: '2025-02-28',
      lastDay: '2025-02-28',
      endsOn: '2025-03-01',
    })
    assert.deepInclude(retire({ birth: '1963-02-01' }), {
      reachedOn: '2023-02-01',
      lastDay: '2023-02-28',
      endsOn: '2023-03-01',
      source: '国发〔1978〕104号',
    })
  })

  test('a woman in a senior post retires with the men, or by her choice with the cadres', ({
    assert,
  }) => {
    const senior = { sex: 'female', kind: 'senior' } as const
    assert.equal(retire({ ...senior, birth: '1956-06' }).month, '2016-06')
    assert.equal(retire({ ...senior, birth: '1956-06', choosesCadreAge: true }).month, '2011-06')
    assert.equal(retire({ ...senior, birth: '1954-12' }).month, '2009-12', 'before the rule')
    assert.equal(retire({ ...senior, birth: '1970-10' }).ageMonths, 61 * 12 + 6)
    assert.equal(retire({ ...senior, birth: '1981-09', choosesCadreAge: true }).month, '2039-09')
    assert.equal(
      retire({ sex: 'male', kind: 'senior', birth: '1970-10', choosesCadreAge: true }).ageMonths,
      61 * 12 + 6,
      'for men there is nothing to choose'
    )
  })

  test('a forecast uses the rules that were known', ({ assert }) => {
    const known = rulesKnownOn(rules, '2022-01-10')
    assert.equal(retire({ birth: '1970-10', rules: known }).month, '2030-10')
    assert.equal(retire({ birth: '1970-10' }).month, '2032-04')
    assert.lengthOf(rulesKnownOn(rules, '2024-09-13'), 3)
  })

  test('{months} months with "{documentNo}": {outcome}')
    .with([
      { months: -18, documentNo: '人社〔2030〕1号', outcome: '2030-10' },
      { months: 36, documentNo: '人社〔2030〕1号', outcome: '2035-04' },
      { months: -19, documentNo: '人社〔2030〕1号', outcome: 'before_old_age' },
      { months: 37, documentNo: '人社〔2030〕1号', outcome: 'deviation_too_long' },
      { months: 0.5, documentNo: '人社〔2030〕1号', outcome: 'deviation_too_long' },
      { months: 12, documentNo: ' ', outcome: 'deviation_without_document' },
      { months: 0, documentNo: '', outcome: '2032-04' },
    ])
    .run(({ assert }, { months, documentNo, outcome }) => {
      const result = retirementDate({
        birth: '1970-10',
        sex: 'male',
        kind: 'cadre',
        rules,
        deviation: { months, documentNo },
      })
      assert.equal(result.ok ? result.month : result.error, outcome)
    })

  test('without a rule there is no date', ({ assert }) => {
    const result = retirementDate({ birth: '1970-10', sex: 'male', kind: 'cadre', rules: [] })
    assert.deepEqual(result, { ok: false, error: 'no_rule' })
  })

  test('never comes earlier for who is born later, and stays within the bounds', () => {
    const birth = fc.integer({ min: 0, max: 600 }).map((months) => shiftMonth('1950-01', months))
    const sex = fc.constantFrom('male' as const, 'female' as const)
    const kind = fc.constantFrom('worker' as const, 'cadre' as const)
    fc.assert(
      fc.property(birth, sex, kind, (born, of, as) => {
        const [now, next] = [born, shiftMonth(born, 1)].map((month) =>
          retire({ birth: month, sex: of, kind: as })
        )
        const base = of === 'male' ? 720 : as === 'worker' ? 600 : 660
        return (
          now.month < next.month &&
          now.ageMonths >= base &&
          now.ageMonths <= base + (base === 600 ? 60 : 36) &&
          monthOf(now.lastDay) === now.month
        )
      }),
      { numRuns: 200 }
    )
  })
})
