import { test } from '@japa/runner'
import { payeeKey } from '#discipline/domain/spending'
import { findBurst, findSplits, WATCH_DEFAULTS, type Payment } from '#discipline/domain/watch'
import { addDays } from '#shared/dates'

let id = 0
const pay = (input: Partial<Payment> = {}): Payment => ({
  id: ++id,
  payee: '某广告公司',
  category: 'office',
  amountFen: 190_000,
  spentOn: '2022-03-01',
  ceilingFen: 200_000,
  ...input,
})

test.group('The spending watch', () => {
  test('many amounts just below the ceiling to one payee are one finding', ({ assert }) => {
    const payments = [
      pay({ spentOn: '2022-03-01' }),
      pay({ spentOn: '2022-03-05', payee: '某广告 公司' }),
      pay({ spentOn: '2022-03-15', payee: '某广告公司 ' }),
    ]
    const [found, ...others] = findSplits(payments, WATCH_DEFAULTS)
    assert.lengthOf(others, 0)
    assert.deepInclude(found, {
      firstId: payments[0].id,
      payments: 3,
      totalFen: 570_000,
      ceilingFen: 200_000,
      from: '2022-03-01',
      to: '2022-03-15',
    })
  })

  test('too few, too far apart, too small, another payee or category are none', ({ assert }) => {
    const none = (payments: Payment[]) => assert.deepEqual(findSplits(payments, WATCH_DEFAULTS), [])
    none([pay(), pay()])
    none([pay(), pay(), pay({ spentOn: '2022-03-16' })])
    none([pay(), pay(), pay({ amountFen: 159_999 })])
    none([pay(), pay(), pay({ amountFen: 200_001 })])
    none([pay(), pay(), pay({ payee: '别家公司' })])
    none([pay(), pay(), pay({ category: 'travel' })])
    none([pay(), pay(), pay({ ceilingFen: null })])
  })

  test('the days of a window begin with its first payment', ({ assert }) => {
    const days = [
      '2022-03-01',
      '2022-03-02',
      '2022-03-03',
      '2022-03-20',
      '2022-03-21',
      '2022-03-22',
    ]
    const found = findSplits(days.map((spentOn) => pay({ spentOn })).reverse(), WATCH_DEFAULTS)
    assert.deepEqual(
      found.map(({ from, to }) => [from, to]),
      [
        ['2022-03-01', '2022-03-03'],
        ['2022-03-20', '2022-03-22'],
      ]
    )
  })

  test('a payee is the same however it is written', ({ assert }) => {
    assert.equal(payeeKey('（本市）ＡＢ广告 公司'), payeeKey('(本市)ab广告公司'))
  })

  test('a burst at the end against as many days before', ({ assert }) => {
    const period = { from: '2022-01-01', to: '2022-03-31' }
    const end = addDays(period.to, -WATCH_DEFAULTS.burstDays)
    const usual = [5, 20, 35, 50].map((days) =>
      pay({ spentOn: addDays(end, -days), amountFen: 100 })
    )
    const late = (amountFen: number) => pay({ spentOn: end, amountFen })
    // Four payments of 100 in the four whole stretches of 15 days before: 100 on average.
    assert.isNull(findBurst([...usual, late(200)], period, WATCH_DEFAULTS))
    const found = findBurst([...usual, late(201)], period, WATCH_DEFAULTS)
    assert.deepInclude(found, { from: end, to: period.to, totalFen: 201, usualFen: 100 })
    assert.isNull(findBurst(usual, period, WATCH_DEFAULTS))
    // A freeze that is too short to compare says nothing.
    const short = { from: addDays(end, -10), to: period.to }
    assert.isNull(findBurst([late(1_000_000)], short, WATCH_DEFAULTS))
  })
})
