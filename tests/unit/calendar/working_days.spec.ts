import fc from 'fast-check'
import { test } from '@japa/runner'
import { publicityPeriod } from '#calendar/domain/publicity'
import { seedDays } from '#calendar/domain/seed_days'
import {
  addWorkdays,
  calendarDays,
  isWorkday,
  lastWorkdayOfMonth,
  nextWorkday,
  previousWorkday,
  workdayFrom,
  workdaysBetween,
} from '#calendar/domain/working_days'
import { addDays } from '#shared/dates'

const YEARS = Array.from({ length: 14 }, (_, index) => 2014 + index)
const calendar = calendarDays(YEARS.flatMap(seedDays))
const day = fc.integer({ min: 0, max: 4700 }).map((offset) => addDays('2014-02-01', offset))

test.group('working days', () => {
  test('{day} is worked: {worked}')
    .with([
      { day: '2022-01-29', worked: true },
      { day: '2022-10-08', worked: true },
      { day: '2026-02-14', worked: true },
      { day: '2026-02-17', worked: false },
      { day: '2022-10-03', worked: false },
      { day: '2022-10-15', worked: false },
      { day: '2022-10-17', worked: true },
    ])
    .run(({ assert }, { day: date, worked }) => {
      assert.equal(isWorkday(calendar, date), worked)
    })

  test('between two days are those of the loop over each day', ({ assert }) => {
    fc.assert(
      fc.property(day, day, (from, to) => {
        const [first, last] = from < to ? [from, to] : [to, from]
        let worked = 0
        for (let at = first; at < last; at = addDays(at, 1)) if (isWorkday(calendar, at)) worked++
        assert.equal(workdaysBetween(calendar, from, to) || 0, from < to ? worked : -worked || 0)
      })
    )
  })

  test('between refuses what is no civil date', ({ assert }) => {
    assert.throws(() => workdaysBetween(calendar, '2022-02-30', '2022-03-02'), RangeError)
    assert.throws(() => workdaysBetween(calendar, '2022-02-01', '2022-2-3'), RangeError)
  })

  test('are counted over the swapped days of the National Day 2022', ({ assert }) => {
    assert.equal(nextWorkday(calendar, '2022-09-30'), '2022-10-08')
    assert.equal(addWorkdays(calendar, '2022-09-30', 3), '2022-10-10')
    assert.equal(addWorkdays(calendar, '2022-10-10', -3), '2022-09-30')
    assert.equal(addWorkdays(calendar, '2022-10-03', 0), '2022-10-03')
    assert.equal(previousWorkday(calendar, '2022-10-08'), '2022-09-30')
    assert.equal(workdayFrom(calendar, '2022-10-02'), '2022-10-08')
    assert.equal(workdayFrom(calendar, '2022-10-08'), '2022-10-08')
    assert.equal(workdaysBetween(calendar, '2022-09-26', '2022-10-15'), 5 + 2 + 5)
    assert.equal(lastWorkdayOfMonth(calendar, '2022-10'), '2022-10-31')
    assert.equal(lastWorkdayOfMonth(calendar, '2022-12'), '2022-12-30')
  })

  test('take the last row for a day', ({ assert }) => {
    const corrected = calendarDays([
      { day: '2022-03-07', kind: 'holiday' },
      { day: '2022-03-07', kind: 'workday' },
      { day: '2022-03-05', kind: 'workday' },
      { day: '2022-03-05', kind: 'holiday' },
    ])
    assert.isTrue(isWorkday(corrected, '2022-03-07'))
    assert.isFalse(isWorkday(corrected, '2022-03-05'))
  })

  test('refuse what is no date and no number of days', ({ assert }) => {
    assert.throws(() => isWorkday(calendar, '2022-02-30'), RangeError)
    assert.throws(() => addWorkdays(calendar, '2022-03-01', 1.5), RangeError)
  })

  test('end the search in a calendar without working days', ({ assert }) => {
    const idle = calendarDays(
      Array.from({ length: 400 }, (_, index) => ({
        day: addDays('2022-01-01', index),
        kind: 'holiday' as const,
      }))
    )
    assert.throws(() => nextWorkday(idle, '2022-01-01'), RangeError)
  })

  test('adding and counting agree', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const to = addWorkdays(calendar, from, count)
        return (
          isWorkday(calendar, to) &&
          workdaysBetween(calendar, addDays(from, 1), addDays(to, 1)) === count &&
          workdaysBetween(calendar, addDays(to, 1), addDays(from, 1)) === -count
        )
      }),
      { numRuns: 200 }
    )
  })
})

test.group('publicity', () => {
  test('announced {announced} for {days} days runs {from} to {to}')
    .with([
      { announced: '2022-03-01', days: 5, from: '2022-03-02', to: '2022-03-08' },
      { announced: '2022-03-04', days: 7, from: '2022-03-07', to: '2022-03-15' },
      { announced: '2022-01-28', days: 2, from: '2022-01-29', to: '2022-01-30' },
      { announced: '2022-09-29', days: 5, from: '2022-09-30', to: '2022-10-11' },
    ])
    .run(({ assert }, { announced, days, from, to }) => {
      assert.deepEqual(publicityPeriod(calendar, announced, days), {
        from,
        to,
        ends: addDays(to, 1),
      })
    })

  test('needs at least one day', ({ assert }) => {
    assert.throws(() => publicityPeriod(calendar, '2022-03-01', 0), RangeError)
  })
})

test.group('seed of the official calendar', () => {
  test('is confirmed for announced years, with swapped days', ({ assert }) => {
    for (const year of YEARS.slice(0, -1)) {
      const days = seedDays(year)
      assert.isTrue(days.every(({ confirmed }) => confirmed))
      assert.isAbove(days.filter(({ kind }) => kind === 'workday').length, 4)
      assert.isTrue(days.every((one) => one.day.startsWith(`${year}-`)))
    }
    assert.deepInclude(seedDays(2022), {
      day: '2022-01-29',
      kind: 'workday',
      name: '春节',
      confirmed: true,
    })
  })

  test('holds the statutory days of a year that is not announced, unconfirmed', ({ assert }) => {
    const days = seedDays(2027)
    assert.deepEqual(
      days.map(({ day: date, name }) => `${date} ${name}`),
      [
        '2027-01-01 元旦',
        ...['05', '06', '07', '08'].map((of) => `2027-02-${of} 春节`),
        '2027-04-05 清明',
        ...['01', '02'].map((of) => `2027-05-${of} 劳动节`),
        '2027-06-09 端午',
        '2027-09-15 中秋',
        ...['01', '02', '03'].map((of) => `2027-10-${of} 国庆节`),
      ]
    )
    assert.isTrue(days.every(({ confirmed, kind }) => !confirmed && kind === 'holiday'))
  })

  test('lists a day once when mid-autumn falls into the National Day', ({ assert }) => {
    const days = seedDays(2039).map(({ day: date }) => date)
    assert.include(days, '2039-10-02')
    assert.lengthOf(new Set(days), days.length)
  })
})
