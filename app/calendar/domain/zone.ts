import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'
import timezone from 'dayjs/plugin/timezone.js'

dayjs.extend(utc)
dayjs.extend(timezone)

/** A place on the wall clock: civil date and milliseconds since its midnight. */
export interface WallTime {
  day: string
  ms: number
}

/** What the wall clock of a time zone shows at a UTC moment `YYYY-MM-DD HH:mm:ss.SSS`. */
export function wallTime(moment: string, timeZone: string): WallTime {
  const at = dayjs.utc(moment)
  if (!at.isValid()) throw new RangeError(`Not a moment: ${moment}`)
  const local = at.tz(timeZone)
  const ms =
    ((local.hour() * 60 + local.minute()) * 60 + local.second()) * 1000 + local.millisecond()
  return { day: local.format('YYYY-MM-DD'), ms }
}

/** The UTC moment at which the wall clock of a time zone shows this. `ms` is below one day. */
export function momentOf({ day, ms }: WallTime, timeZone: string): string {
  const clock = new Date(ms).toISOString().slice(11, 23)
  return dayjs.tz(`${day} ${clock}`, timeZone).utc().format('YYYY-MM-DD HH:mm:ss.SSS')
}
