import { test } from '@japa/runner'
import { solveSchedule, type ScheduleTaskInput } from '#programme/domain/schedule/solve'

const CALENDAR = {
  holidays: ['2022-10-03', '2022-10-04', '2022-10-05', '2022-10-06', '2022-10-07'],
  workdays: ['2022-10-08', '2022-10-09'],
}
const fs = (id: string, lag = 0) => ({ id, type: 'FS' as const, lag })

test.group('Schedule', () => {
  test('swapped days are worked, holidays are not', ({ assert }) => {
    const { tasks } = solveSchedule({
      calendar: CALENDAR,
      start: '2022-09-29',
      tasks: [
        { id: 'a', duration: 3 },
        { id: 'b', duration: 2, after: [fs('a')] },
      ],
    })
    assert.deepEqual(
      [
        tasks.a.earliestStart,
        tasks.a.earliestFinish,
        tasks.b.earliestStart,
        tasks.b.earliestFinish,
      ],
      ['2022-09-29', '2022-10-08', '2022-10-09', '2022-10-10']
    )
  })

  test('a milestone stands on the day that it closes, at the start on the start', ({ assert }) => {
    const { tasks } = solveSchedule({
      start: '2022-01-04',
      tasks: [
        { id: 'begin', duration: 0 },
        { id: 'work', duration: 2, after: [fs('begin')] },
        { id: 'end', duration: 0, after: [fs('work')] },
      ],
    })
    assert.equal(tasks.begin.earliestFinish, '2022-01-04')
    assert.equal(tasks.end.earliestFinish, '2022-01-05')
    assert.isTrue(Object.values(tasks).every(({ slack, critical }) => slack === 0 && critical))
  })

  test('backward from a fixed date, without a start: as late as it allows', ({ assert }) => {
    const { tasks, conflicts } = solveSchedule({
      tasks: [
        { id: 'a', duration: 5 },
        { id: 'b', duration: 5, after: [fs('a')], fixedFinish: '2022-01-28' },
      ],
    })
    assert.equal(tasks.a.earliestStart, '2022-01-17')
    assert.equal(tasks.b.latestFinish, '2022-01-28')
    assert.deepEqual([tasks.a.slack, tasks.b.slack, conflicts.length], [0, 0, 0])
  })

  test('the plan as printed has two conflicts, with December of the year before none', ({
    assert,
  }) => {
    const plan = (first: string): ScheduleTaskInput[] => [
      { id: '1', duration: 0, fixedFinish: first },
      { id: '2', duration: 0, fixedFinish: first },
      { id: '3', duration: 0, fixedFinish: first },
      { id: '4', duration: 0, fixedFinish: '2022-02-28', after: [fs('1')] },
      { id: '5', duration: 0, fixedFinish: '2022-03-31', after: [fs('3'), fs('4')] },
      { id: '6', duration: 0, fixedFinish: '2022-05-31', after: [fs('5')] },
      { id: '7', duration: 0, fixedFinish: '2022-09-30', after: [fs('6')] },
    ]
    const told = (first: string) =>
      solveSchedule({ start: '2021-11-01', tasks: plan(first) }).conflicts.map(
        ({ task, kind, because }) => [because[0], task, kind]
      )
    assert.deepEqual(told('2022-12-30'), [
      ['1', '4', 'fixed_before_predecessor'],
      ['3', '5', 'fixed_before_predecessor'],
    ])
    assert.deepEqual(told('2021-12-31'), [])
  })

  test('all conflicts at once: a cycle with its members, a date that cannot be met with its chain', ({
    assert,
  }) => {
    const { tasks, conflicts } = solveSchedule({
      start: '2022-01-03',
      tasks: [
        { id: 'a', duration: 5 },
        { id: 'b', duration: 5, after: [fs('a')] },
        { id: 'c', duration: 5, after: [fs('b')], fixedFinish: '2022-01-14' },
        { id: 'x', duration: 1, after: [fs('y')] },
        { id: 'y', duration: 1, after: [fs('x')] },
        { id: 'z', duration: 1, after: [fs('x'), fs('a')] },
      ],
    })
    assert.deepEqual(
      conflicts.map(({ task, kind, because }) => ({ task, kind, because })),
      [
        { task: 'x', kind: 'cycle', because: ['x', 'y'] },
        { task: 'c', kind: 'negative_slack', because: ['a', 'b'] },
      ]
    )
    assert.deepEqual([tasks.a.slack, tasks.b.slack, tasks.c.slack], [-5, -5, -5])
    for (const id of ['x', 'y', 'z']) {
      assert.deepEqual(tasks[id], {
        earliestStart: null,
        earliestFinish: null,
        latestStart: null,
        latestFinish: null,
        slack: null,
        critical: false,
      })
    }
  })

  test('a fixed date on a free day is kept and warned of', ({ assert }) => {
    const { tasks, warnings } = solveSchedule({
      start: '2022-01-03',
      tasks: [{ id: 'a', duration: 5, fixedFinish: '2022-01-09' }],
    })
    assert.equal(tasks.a.latestFinish, '2022-01-07')
    assert.deepEqual(warnings, [
      { task: 'a', kind: 'fixed_on_free_day', message: '2022-01-09 is a free day' },
    ])
  })

  test('what cannot be read is refused with its place', ({ assert }) => {
    const solve =
      (tasks: any[], start: string | null = '2022-01-03') =>
      () =>
        solveSchedule({ start, tasks })
    assert.throws(solve([{ id: 'a', duration: 1, after: [fs('b')] }]), 'task a: unknown id b')
    assert.throws(
      solve([
        { id: 'a', duration: 1 },
        { id: 'a', duration: 1 },
      ]),
      /task a: twice/
    )
    assert.throws(solve([{ id: 'a', duration: -1 }]), 'task a: duration -1')
    assert.throws(solve([{ id: 'a', duration: 1, fixedFinish: '2022-02-30' }]), /not a date/)
    assert.throws(solve([{ id: 'a', duration: 1 }], null), /start: needed/)
  })
})
