import { test } from '@japa/runner'
import { dateConflicts, disputedItems, withDates, yearSlip } from '#programme/domain/conflicts'
import { readPrintedDate } from '#programme/domain/printed_date'
import { CALENDAR, link, milestone, plan, printedPlan } from './plans.js'

test.group('Dates of the plan', () => {
  test('{text} means {date}')
    .with([
      { text: '2022年12月', date: '2022-12-30', month: '2022-12' },
      { text: ' 2022 年 2 月 ', date: '2022-02-28', month: '2022-02' },
      { text: '2022-01', date: '2022-01-30', month: '2022-01' },
      { text: '2022年3月底', date: '2022-03-31', month: '2022-03' },
      { text: '2022年3月5日', date: '2022-03-05', month: null },
      { text: '2022/9/30', date: '2022-09-30', month: null },
      { text: '2022-09-30 00:00:00', date: '2022-09-30', month: null },
    ])
    .run(({ assert }, { text, date, month }) => {
      assert.deepEqual(readPrintedDate(text, CALENDAR), { date, month })
    })

  test('{$self} is no date')
    .with(['', '长期', '2022年13月', '2022年2月30日', '12月'])
    .run(({ assert }, text) => {
      assert.isNull(readPrintedDate(text, CALENDAR))
    })

  test('the printed plan contradicts itself twice; the likely slip of the year makes both go', ({
    assert,
  }) => {
    const printed = printedPlan()
    const conflicts = dateConflicts(printed, CALENDAR)
    assert.deepEqual(conflicts, [
      { fromId: 1, toId: 4 },
      { fromId: 3, toId: 5 },
    ])
    assert.sameMembers([...disputedItems(conflicts)], [1, 3, 4, 5])
    const first = yearSlip(printed, CALENDAR, conflicts[0])!
    assert.deepEqual(first, [{ itemId: 1, before: '2022-12-30', after: '2021-12-31' }])
    const decided = withDates(printed, first)
    assert.deepEqual(dateConflicts(decided, CALENDAR), [{ fromId: 3, toId: 5 }])
    const second = yearSlip(decided, CALENDAR, conflicts[1])!
    assert.deepEqual(
      second.map(({ itemId, after }) => [itemId, after]),
      [
        [2, '2021-12-31'],
        [3, '2021-12-31'],
      ]
    )
    assert.deepEqual(dateConflicts(withDates(decided, second), CALENDAR), [])
  })

  test('decided from the other end, the first one goes with it', ({ assert }) => {
    const printed = printedPlan()
    const changes = yearSlip(printed, CALENDAR, { fromId: 3, toId: 5 })!
    assert.deepEqual(
      changes.map(({ itemId }) => itemId),
      [1, 2, 3]
    )
    assert.deepEqual(dateConflicts(withDates(printed, changes), CALENDAR), [])
  })

  test('nothing is suggested where a year earlier does not help', ({ assert }) => {
    const apart = plan(
      [milestone(1, '2022-12-30'), milestone(2, '2020-02-28')],
      [link(1, 2)],
      '2019-01-02'
    )
    assert.isNull(yearSlip(apart, CALENDAR, { fromId: 1, toId: 2 }))
  })
})
