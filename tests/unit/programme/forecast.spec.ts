import { test } from '@japa/runner'
import { forecastPlan, type ItemForecast } from '#programme/domain/forecast'
import { disputedItems, dateConflicts } from '#programme/domain/conflicts'
import { slipBetween } from '#programme/domain/slips'
import { assume } from '#programme/domain/what_if'
import type { Plan } from '#programme/domain/plan'
import { CALENDAR, item, link, milestone, plan, printedPlan } from './plans.js'

const at = (given: Plan, today: string) =>
  forecastPlan(given, CALENDAR, today, disputedItems(dateConflicts(given, CALENDAR)))
const dates = (given: Plan, today: string, id: number) => {
  const { start, finish } = at(given, today).items.get(id)!
  return [start, finish]
}
const light = ({ light: colour, reason }: ItemForecast) => [colour, reason]

test.group('Forecast', () => {
  test('what has not begun begins today at the earliest, over the holidays', ({ assert }) => {
    const given = plan([item(1, { duration: 3 }), item(2), milestone(3)], [link(1, 2), link(2, 3)])
    assert.deepEqual(dates(given, '2021-12-01', 1), ['2022-01-04', '2022-01-06'])
    // 29 and 30 January are worked, 31 January to 4 February are free.
    assert.deepEqual(dates(given, '2022-01-29', 1), ['2022-01-29', '2022-02-07'])
    assert.deepEqual(dates(given, '2022-01-31', 1), ['2022-02-07', '2022-02-09'])
    assert.deepEqual(dates(given, '2022-01-31', 3), ['2022-02-16', '2022-02-16'])
    // A milestone that nothing leads to is not reached before today.
    assert.deepEqual(dates(plan([milestone(1)]), '2022-01-12', 1), ['2022-01-12', '2022-01-12'])
  })

  test('actual dates stand; what waits for them is counted on from there', ({ assert }) => {
    const given = plan(
      [item(1, { startedOn: '2022-01-04', finishedOn: '2022-01-07' }), item(2, { duration: 2 })],
      [link(1, 2, 'FS', 1)]
    )
    assert.deepEqual(dates(given, '2022-01-05', 1), ['2022-01-04', '2022-01-07'])
    assert.deepEqual(dates(given, '2022-01-05', 2), ['2022-01-11', '2022-01-12'])
    // The lag has long passed.
    assert.deepEqual(dates(given, '2022-01-20', 2), ['2022-01-20', '2022-01-21'])
  })

  test('something begun needs what is left: by its length, as reported, one day at the least', ({
    assert,
  }) => {
    const begun = { startedOn: '2022-01-10', duration: 8 }
    const finish = (values: object, today: string) =>
      dates(plan([item(1, { ...begun, ...values })]), today, 1)[1]
    assert.equal(finish({}, '2022-01-12'), '2022-01-19')
    assert.equal(
      finish({ remainingDays: 2, remainingAsOf: '2022-01-12' }, '2022-01-12'),
      '2022-01-13'
    )
    assert.equal(
      finish({ remainingDays: 4, remainingAsOf: '2022-01-12' }, '2022-01-13'),
      '2022-01-17'
    )
    assert.equal(finish({}, '2022-01-27'), '2022-01-27')
  })

  test('links that rest on a start keep to the actual one', ({ assert }) => {
    const begun = item(1, { startedOn: '2022-01-10', duration: 8 })
    const finished = item(1, { startedOn: '2022-01-10', finishedOn: '2022-01-11' })
    for (const first of [begun, finished]) {
      const given = plan([first, item(2, { duration: 2 })], [link(1, 2, 'SS', 3)])
      assert.deepEqual(dates(given, '2022-01-11', 2), ['2022-01-13', '2022-01-14'])
    }
    const late = plan([begun, item(2, { duration: 2 })], [link(1, 2, 'SF', 6)])
    assert.deepEqual(dates(late, '2022-01-11', 2), ['2022-01-14', '2022-01-17'])
  })

  test('lights: overdue and negative slack red, little slack yellow, without a fixed date none', ({
    assert,
  }) => {
    const given = plan(
      [item(1), milestone(2, '2022-01-28'), item(3), milestone(4, '2022-01-05')],
      [link(1, 2)]
    )
    const seen = (today: string, id: number) => light(at(given, today).items.get(id)!)
    assert.deepEqual(seen('2022-01-04', 1), ['green', 'enough_slack'])
    assert.deepEqual(seen('2022-01-19', 1), ['yellow', 'little_slack'])
    assert.deepEqual(seen('2022-01-19', 2), ['yellow', 'little_slack'])
    assert.deepEqual(seen('2022-01-27', 1), ['red', 'negative_slack'])
    assert.deepEqual(seen('2022-01-19', 3), ['green', 'no_deadline'])
    assert.deepEqual(seen('2022-01-19', 4), ['red', 'overdue'])
    assert.isNull(at(given, '2022-01-04').items.get(3)!.slack)
  })

  test('a milestone is held on its fixed date, later when its work is', ({ assert }) => {
    const given = plan([item(1), milestone(2, '2022-01-28')], [link(1, 2)])
    assert.deepEqual(dates(given, '2022-01-04', 2), ['2022-01-28', '2022-01-28'])
    assert.deepEqual(dates(given, '2022-01-27', 2), ['2022-02-07', '2022-02-07'])
  })

  test('nothing is computed from a date in dispute', ({ assert }) => {
    const forecast = at(printedPlan(), '2022-01-04')
    for (const id of [1, 3, 4, 5]) {
      const { start, finish, slack, critical, reason } = forecast.items.get(id)!
      assert.deepEqual({ start, finish, slack, critical, reason }, {
        start: null,
        finish: null,
        slack: null,
        critical: false,
        reason: 'disputed',
      } as any)
    }
    assert.deepEqual(forecast.conflicts, [])
    assert.equal(forecast.items.get(6)!.finish, '2022-05-31')
    // Had the date of 5 counted, 6 could not be earlier than it.
    assert.isAbove(forecast.items.get(6)!.slack!, 90)
  })

  test('what would be if: the milestone slips, its work takes longer; the plan stays', ({
    assert,
  }) => {
    const given = plan(
      [item(1), milestone(2, '2022-01-28'), item(3, { duration: 4 }), milestone(4, '2022-03-31')],
      [link(1, 2), link(2, 3), link(3, 4)]
    )
    const copy = structuredClone(given)
    const now = at(given, '2022-01-04')
    const slipped = at(assume(given, CALENDAR, now, [{ itemId: 2, days: 10 }]), '2022-01-04')
    assert.equal(slipped.items.get(2)!.finish, '2022-02-16')
    assert.equal(slipped.items.get(2)!.slack, -10)
    assert.equal(slipped.items.get(3)!.start, '2022-02-17')
    const longer = at(assume(given, CALENDAR, now, [{ itemId: 1, days: 3 }]), '2022-01-04')
    assert.equal(longer.items.get(1)!.finish, '2022-01-13')
    assert.deepEqual(given, copy)
  })

  test('slips count working days, later is positive', ({ assert }) => {
    assert.equal(slipBetween(CALENDAR, '2022-01-28', '2022-02-07'), 3)
    assert.equal(slipBetween(CALENDAR, '2022-02-07', '2022-01-28'), -3)
    assert.equal(slipBetween(CALENDAR, '2022-01-28', '2022-01-28'), 0)
    assert.isNull(slipBetween(CALENDAR, null, '2022-01-28'))
  })
})
