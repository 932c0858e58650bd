import { test } from '@japa/runner'
import { DEFAULT_EQUAL_PAY, equalPay, type EqualPayPerson } from '#pay/domain/equal_pay'
import { leastSquares, studentP, studentQuantile } from '#pay/domain/statistics'

/** Contract staff at 80 % of what the post is worth, with a deterministic spread. */
function staff(count: number, factor: number): EqualPayPerson[] {
  return Array.from({ length: count * 2 }, (_, index) => {
    const contract = index % 2 === 1
    const postValue = 1 + (Math.floor(index / 2) % 5) / 10
    const spread = 1 + ((index * 7) % 11) / 1_000
    const payFen = Math.round(500_000 * postValue * spread * (contract ? factor : 1))
    return {
      personId: index,
      name: `${index}`,
      nature: 'editorial',
      contract,
      payFen,
      postValue,
      years: null,
      score: null,
      gradeLevel: null,
    }
  })
}

test.group('equal pay', () => {
  test('Student’s t as the tables print it', ({ assert }) => {
    assert.closeTo(studentP(2.228, 10), 0.05, 1e-4)
    assert.closeTo(studentQuantile(0.05, 30), 2.0423, 1e-3)
  })

  test('a gap of a fifth is found, equal pay is not', ({ assert }) => {
    const [unequal] = equalPay(staff(20, 0.8), DEFAULT_EQUAL_PAY)
    assert.closeTo(unequal.adjusted!.gapPercent, -20, 1)
    assert.isTrue(unequal.finding)
    assert.deepEqual(unequal.adjusted!.controls, ['post_value'])
    const [equal] = equalPay(staff(20, 1), DEFAULT_EQUAL_PAY)
    assert.isFalse(equal.finding)
  })

  test('refused below the minimum group', ({ assert }) => {
    const [few] = equalPay(staff(4, 0.8), DEFAULT_EQUAL_PAY)
    assert.isNull(few.raw)
    assert.isNull(few.adjusted)
    assert.deepEqual(few.outliers, [])
  })

  test('a value that repeats another is left out, and one that many of a side lack', ({
    assert,
  }) => {
    const controls = (change: (one: EqualPayPerson, index: number) => Partial<EqualPayPerson>) => {
      const people = staff(20, 0.8).map((one, index) => ({ ...one, ...change(one, index) }))
      return equalPay(people, DEFAULT_EQUAL_PAY)[0].adjusted!.controls
    }
    const years = (_one: EqualPayPerson, index: number) => ({ years: (index * 3) % 8 })
    assert.deepEqual(controls(years), ['post_value', 'years'])
    // the same as the post value told in other words: nothing tells the two apart
    assert.deepEqual(
      controls(({ postValue }) => ({ years: Number(postValue) * 10 })),
      ['post_value']
    )
    assert.deepEqual(
      controls(({ contract }, index) => ({ gradeLevel: contract ? null : index % 4 })),
      ['post_value']
    )
    assert.deepEqual(
      controls(() => ({ score: 90 })),
      ['post_value']
    )
  })

  test('who lacks a value that is allowed for stands outside the model, and is counted', ({
    assert,
  }) => {
    const lacking = staff(20, 0.8).map((one) =>
      one.personId < 2 ? { ...one, postValue: null } : one
    )
    const [{ adjusted, raw, contract }] = equalPay(lacking, DEFAULT_EQUAL_PAY)
    assert.deepInclude(adjusted, { controls: ['post_value'], without: 2 })
    assert.closeTo(adjusted!.gapPercent, -20, 1)
    assert.equal(contract, 20)
    assert.isNotNull(raw)
    // a fifth of one side without it: the control goes, the people stay
    const many = staff(20, 0.8).map((one) =>
      one.contract && one.personId < 8 ? { ...one, postValue: null } : one
    )
    assert.deepInclude(equalPay(many, DEFAULT_EQUAL_PAY)[0].adjusted, { controls: [], without: 0 })
  })

  test('classes apart, without those who were paid nothing; a small gap is no finding', ({
    assert,
  }) => {
    const people = [
      ...staff(20, 0.8).map((one) => ({ ...one, nature: 'technical' })),
      ...staff(20, 0.97),
      ...staff(6, 0.1).map((one) => ({ ...one, payFen: 0 })),
    ]
    const [editorial, technical] = equalPay(people, DEFAULT_EQUAL_PAY)
    assert.deepInclude(editorial, { nature: 'editorial', contract: 20, establishment: 20 })
    assert.isTrue(editorial.adjusted!.significant)
    assert.isFalse(editorial.finding)
    assert.isTrue(technical.finding)
    assert.isTrue(equalPay(people, { ...DEFAULT_EQUAL_PAY, gapPercent: 1 })[0].finding)
  })

  test('who is paid far from what the post is worth is named, the others are not', ({ assert }) => {
    const people = staff(30, 1).map((one) =>
      one.personId === 7 ? { ...one, payFen: one.payFen * 2 } : one
    )
    const [group] = equalPay(people, DEFAULT_EQUAL_PAY)
    assert.deepEqual(
      group.outliers.map(({ personId, contract }) => [personId, contract]),
      [[7, true]]
    )
    assert.isBelow(group.outliers[0].expectedFen, group.outliers[0].payFen)
    // everybody as the model says: nothing is far from nothing
    const same = staff(10, 1).map((one) => ({ ...one, payFen: 500_000 }))
    const [equal] = equalPay(same, DEFAULT_EQUAL_PAY)
    assert.deepEqual(equal.outliers, [])
    assert.equal(equal.raw!.gapPercent, 0)
  })
})

test.group('equal pay to the fen', () => {
  /** Everybody is paid what the post pays, whatever the class. */
  const paid = (size: number): EqualPayPerson[] =>
    Array.from({ length: size }, (_, index) => {
      const contract = (index * 3) % 7 < 3
      const post = index % 2
      const payFen = 401_237 + post * 133_700
      return {
        personId: index,
        name: `${index}`,
        nature: 'editorial',
        contract,
        payFen,
        postValue: 1 + post / 5,
        years: null,
        score: null,
        gradeLevel: null,
      }
    })

  test('no gap, no significance and nobody far off, whatever doubles leave behind', ({
    assert,
  }) => {
    for (let size = 20; size < 80; size++) {
      const [{ raw, adjusted, outliers }] = equalPay(paid(size), DEFAULT_EQUAL_PAY)
      assert.isNotNull(raw)
      assert.deepInclude(adjusted, { gapPercent: 0, low: 0, high: 0, p: 1, significant: false })
      assert.deepEqual(outliers, [])
    }
  })

  test('the same gap for everybody is certain', ({ assert }) => {
    const people = paid(40).map((one) => ({ ...one, postValue: 1, payFen: 400_000 }))
    const less = people.map((one) => (one.contract ? { ...one, payFen: 360_000 } : one))
    const [{ adjusted, finding, outliers }] = equalPay(less, DEFAULT_EQUAL_PAY)
    assert.closeTo(adjusted!.gapPercent, -10, 1e-9)
    assert.deepInclude(adjusted, { p: 0, significant: true, controls: [] })
    assert.isTrue(finding)
    assert.deepEqual(outliers, [])
  })
})

test.group('Least squares', () => {
  test('a line through points, with the variance that books print', ({ assert }) => {
    const rows = [1, 2, 3, 4].map((x) => [1, x])
    const fit = leastSquares(rows, [6, 5, 7, 10])!
    assert.closeTo(fit.coefficients[0], 3.5, 1e-9)
    assert.closeTo(fit.coefficients[1], 1.4, 1e-9)
    // residuals 1.1, -1.3, -0.7, 0.9: 4.2 over two degrees, over Σ(x − x̄)² = 5
    assert.closeTo(fit.variances[1], 0.42, 1e-9)
    assert.equal(fit.degrees, 2)
  })

  test('rows in another order give the same; a pivot that is zero is passed over', ({ assert }) => {
    const rows = [
      [0, 1],
      [1, 1],
      [1, 0],
      [0, 2],
    ]
    const y = [2, 5, 3, 4]
    const fit = leastSquares(rows, y)!
    const turned = leastSquares([...rows].reverse(), [...y].reverse())!
    for (const [index, value] of [3, 2].entries()) {
      assert.closeTo(fit.coefficients[index], value, 1e-9)
      assert.closeTo(turned.coefficients[index], value, 1e-9)
    }
  })

  test('null without rows, with as many columns as rows, or when columns repeat', ({ assert }) => {
    assert.isNull(leastSquares([], []))
    assert.isNull(
      leastSquares(
        [
          [1, 2],
          [1, 3],
        ],
        [1, 2]
      )
    )
    const doubled = [1, 2, 3, 4].map((x) => [1, x, 2 * x])
    assert.isNull(leastSquares(doubled, [1, 2, 3, 4]))
  })

  test('p at its ends: no effect is certain, a boundless one impossible', ({ assert }) => {
    assert.equal(studentP(0, 10), 1)
    assert.isBelow(studentP(1e9, 10), 1e-12)
    assert.equal(studentP(Infinity, 10), 0)
    assert.closeTo(studentP(-2.228, 10), studentP(2.228, 10), 1e-12)
  })
})
