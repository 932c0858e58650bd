import fc from 'fast-check'
import { test } from '@japa/runner'
import { seedDays } from '#calendar/domain/seed_days'
import {
  addWorkingMinutes,
  DEFAULT_WORKING_HOURS,
  workingMinutesBetween,
  type WorkingClock,
} from '#calendar/domain/working_clock'
import { calendarDays } from '#calendar/domain/working_days'
import { momentOf, wallTime } from '#calendar/domain/zone'

const shanghai: WorkingClock = {
  calendar: calendarDays(seedDays(2022)),
  hours: DEFAULT_WORKING_HOURS,
  timeZone: 'Asia/Shanghai',
}
const at = (wall: string, timeZone = 'Asia/Shanghai') => {
  const [hours, minutes] = wall.slice(11).split(':').map(Number)
  return momentOf({ day: wall.slice(0, 10), ms: (hours * 60 + minutes) * 60_000 }, timeZone)
}

test.group('working clock', () => {
  test('{start} and {minutes} working minutes make {end}')
    .with([
      { start: '2022-03-01 09:00', minutes: 60, end: '2022-03-01 10:00' },
      { start: '2022-03-01 09:00', minutes: 180, end: '2022-03-01 12:00' },
      { start: '2022-03-01 09:00', minutes: 181, end: '2022-03-01 14:01' },
      { start: '2022-03-01 11:30', minutes: 60, end: '2022-03-01 14:30' },
      { start: '2022-03-01 12:30', minutes: 30, end: '2022-03-01 14:30' },
      { start: '2022-03-01 17:30', minutes: 60, end: '2022-03-02 09:30' },
      { start: '2022-03-01 20:00', minutes: 1, end: '2022-03-02 09:01' },
      { start: '2022-03-04 18:00', minutes: 420, end: '2022-03-07 18:00' },
      { start: '2022-03-05 10:00', minutes: 30, end: '2022-03-07 09:30' },
      { start: '2022-09-30 17:00', minutes: 120, end: '2022-10-08 10:00' },
      { start: '2022-03-01 07:00', minutes: 0, end: '2022-03-01 07:00' },
    ])
    .run(({ assert }, { start, minutes, end }) => {
      assert.equal(addWorkingMinutes(shanghai, at(start), minutes), at(end))
      assert.equal(workingMinutesBetween(shanghai, at(start), at(end)), minutes)
      assert.equal(workingMinutesBetween(shanghai, at(end), at(start)), minutes ? -minutes : 0)
    })

  test('reads the wall clock of its time zone', ({ assert }) => {
    assert.equal(at('2022-03-01 09:00'), '2022-03-01 01:00:00.000')
    assert.deepEqual(wallTime('2022-02-28 23:30:00.250', 'Asia/Shanghai'), {
      day: '2022-03-01',
      ms: 7.5 * 3_600_000 + 250,
    })
    const urumqi = { ...shanghai, timeZone: 'Asia/Urumqi' }
    assert.equal(
      addWorkingMinutes(urumqi, '2022-03-01 01:00:00.000', 60),
      '2022-03-01 04:00:00.000'
    )
  })

  test('counts whole minutes only', ({ assert }) => {
    const from = '2022-03-01 01:00:30.000'
    assert.equal(workingMinutesBetween(shanghai, from, '2022-03-01 01:02:29.999'), 1)
    assert.equal(workingMinutesBetween(shanghai, from, '2022-03-01 01:02:30.000'), 2)
  })

  test('refuses hours and figures that make no sense', ({ assert }) => {
    const moment = '2022-03-01 01:00:00.000'
    const hours = (...list: string[]) => ({
      ...shanghai,
      hours: list.map((text) => ({ from: text.slice(0, 5), to: text.slice(6) })),
    })
    for (const clock of [hours(), hours('12:00-09:00'), hours('09:00-12:00', '11:00-13:00')]) {
      assert.throws(() => addWorkingMinutes(clock, moment, 5), RangeError)
    }
    assert.throws(() => addWorkingMinutes(hours('9:00 12:00'), moment, 5), RangeError)
    assert.throws(() => addWorkingMinutes(shanghai, moment, -5), RangeError)
    assert.throws(() => addWorkingMinutes(shanghai, 'noon', 5), RangeError)
  })

  test('adding and counting agree, and more minutes never end earlier', () => {
    const wall = fc
      .record({ hour: fc.nat(8000), minute: fc.nat(59) })
      .map(({ hour, minute }) =>
        new Date(Date.UTC(2022, 0, 1, hour, minute)).toISOString().slice(0, 23).replace('T', ' ')
      )
    fc.assert(
      fc.property(wall, fc.nat(3000), fc.nat(600), (from, minutes, more) => {
        const end = addWorkingMinutes(shanghai, from, minutes)
        return (
          workingMinutesBetween(shanghai, from, end) === minutes &&
          addWorkingMinutes(shanghai, from, minutes + more) >= end
        )
      }),
      { numRuns: 200 }
    )
  })
})
