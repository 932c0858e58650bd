import fc from 'fast-check'
import dayjs from 'dayjs'
import { test } from '@japa/runner'
import { APP_TZ, civilDate, civilTime } from '#shared/clock'

test.group('Moments on the wall', () => {
  test('{moment} is {time} in the city')
    .with([
      { moment: '2026-11-27 15:59:59.999', time: '2026-11-27 23:59' },
      { moment: '2026-11-27 16:00:00.000', time: '2026-11-28 00:00' },
      { moment: '2026-11-27 16:00:00', time: '2026-11-28 00:00' },
      // Summer time of 1986 to 1991.
      { moment: '1988-07-01 15:30:00.000', time: '1988-07-02 00:30' },
      { moment: '2026-11-27', time: '2026-11-27 08:00' },
    ])
    .run(({ assert }, { moment, time }) => {
      assert.equal(civilTime(moment), time)
      assert.equal(civilDate(moment), time.slice(0, 10))
    })

  test('as the calendar library says it, for any moment', ({ assert }) => {
    const epochs = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2099, 0, 1) })
    fc.assert(
      fc.property(epochs, (epoch) => {
        const moment = dayjs.utc(epoch).format('YYYY-MM-DD HH:mm:ss.SSS')
        assert.equal(civilTime(moment), dayjs.utc(epoch).tz(APP_TZ).format('YYYY-MM-DD HH:mm'))
      }),
      { numRuns: 300 }
    )
  })
})
