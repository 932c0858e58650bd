import { test } from '@japa/runner'
import { DEFAULT_EQUAL_PAY, equalPay, type EqualPayPerson } from '#pay/domain/equal_pay'
import { studentP, studentQuantile } from '#pay/domain/statistics'

/** Contract staff at 80 % of what the post is worth, with a deterministic spread. */
function staff(count: number, factor: number): EqualPayPerson[] {
  return Array.from({ length: count * 2 }, (_, index) => {
    const contract = index % 2 === 1
    const postValue = 1 + (Math.floor(index / 2) % 5) / 10
    const spread = 1 + ((index * 7) % 11) / 1_000
    const payFen = Math.round(500_000 * postValue * spread * (contract ? factor : 1))
    return {
      ...{ personId: index, name: `${index}`, nature: 'editorial', contract, payFen, postValue },
      ...{ years: null, score: null, gradeLevel: null },
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
})
