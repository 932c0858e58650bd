import { test } from '@japa/runner'
import { calendarDays } from '#calendar/domain/working_days'
import { wrongDay, type MethodDays } from '#pay/domain/methods'

const GONE: MethodDays = {
  congress_on: '2022-01-10',
  meeting_on: '2022-01-10',
  supervision_on: '2022-01-11',
  publicity_from: '2022-01-11',
  publicity_to: '2022-01-17',
}

test.group('The way of a distribution method', () => {
  test('{title}')
    .with([
      { title: 'in order', days: {}, wrong: null },
      {
        title: 'the meeting before the congress',
        days: { congress_on: '2022-01-11' },
        wrong: ['meeting_on', 'method_meeting_on'],
      },
      {
        title: 'the supervising body before the meeting',
        days: { meeting_on: '2022-01-12' },
        wrong: ['supervision_on', 'method_supervision_on'],
      },
      {
        title: 'publicity before the supervising body',
        days: { supervision_on: '2022-01-12' },
        wrong: ['publicity_from', 'method_publicity_from'],
      },
      {
        title: 'publicity that ends before it begins',
        days: { publicity_to: '2022-01-10' },
        wrong: ['publicity_to', 'method_publicity_to'],
      },
      {
        title: 'four working days and a weekend',
        days: { publicity_to: '2022-01-16' },
        wrong: ['publicity_to', 'method_days'],
      },
      {
        title: 'a holiday is no day of publicity',
        days: {},
        holiday: '2022-01-13',
        wrong: ['publicity_to', 'method_days'],
      },
      {
        title: 'a swapped Saturday is one',
        days: { publicity_to: '2022-01-16' },
        workday: '2022-01-15',
        wrong: null,
      },
      {
        title: 'a day that is none',
        days: { meeting_on: '2022-02-30' },
        wrong: ['meeting_on', 'day'],
      },
    ] as const)
    .run(({ assert }, { days, wrong, ...row }) => {
      const calendar = calendarDays([
        ...('holiday' in row ? [{ day: row.holiday, kind: 'holiday' as const }] : []),
        ...('workday' in row ? [{ day: row.workday, kind: 'workday' as const }] : []),
      ])
      const found = wrongDay({ ...GONE, ...days }, calendar)
      assert.deepEqual(found && [found.field, found.error], wrong && [...wrong])
    })
})
