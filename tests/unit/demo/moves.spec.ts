import { test } from '@japa/runner'
import { parseIdentityNo } from '#people/domain/identity_no'
import { movesFor } from '#database/demo/moves'
import { moveIdentity, moveText } from '#database/demo/move_text'

test.group('The demo city moves to today', () => {
  test('the main batch takes effect on the first day of the last full quarter', ({ assert }) => {
    assert.equal(movesFor('2026-11-23').quarter, '2026-07-01')
    assert.equal(movesFor('2027-02-01').quarter, '2026-10-01')
    assert.equal(movesFor('2026-11-23').months['pay/2022-q2.xlsx'], 51)
  })

  test('an identity number keeps its rightness and its writing', ({ assert }) => {
    const moved = moveIdentity('519900198804286096', 4)!
    const parsed = parseIdentityNo(moved)
    assert.isTrue(parsed.ok)
    assert.equal(moved.slice(6, 14), '19920428')
    assert.isFalse(parseIdentityNo(moveIdentity('519900198804286090', 4)!).ok)
    assert.equal(moveIdentity('５１９９００１９９５０５１０３９２８', 4)!.length, 18)
    assert.notMatch(moveIdentity('５１９９００１９９５０５１０３９２８', 4)!, /[0-9]/)
  })

  test('dates move as offices write them', ({ assert }) => {
    const shift = { years: 4, months: 52 }
    assert.equal(moveText('填报日期:2022年1月10日', shift, false), '填报日期:2026年5月10日')
    assert.equal(moveText('2012.11', shift, false), '2017.03')
    assert.equal(moveText('1988.04', shift, true), '1992.04')
    assert.equal(moveText('编发〔2022〕3号', shift, false), '编发〔2026〕3号')
    assert.equal(moveText('2022-02-20', shift, false), '2026-06-20')
    assert.equal(moveText('19960958937', shift, false), '19960958937')
  })
})
