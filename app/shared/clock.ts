import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'
import timezone from 'dayjs/plugin/timezone.js'

dayjs.extend(utc)
dayjs.extend(timezone)

export const APP_TZ = process.env.APP_TZ ?? 'Asia/Shanghai'

let frozenAt: number | null = null
let today = { minute: Number.NaN, date: '' }

function momentOf(epoch: number): string {
  return new Date(epoch).toISOString().replace('T', ' ').slice(0, -1)
}

/** The only source of "now". A moment is a UTC string, a civil date is `YYYY-MM-DD` in APP_TZ. */
export const clock = {
  /** The present moment: `YYYY-MM-DD HH:mm:ss.SSS`, UTC. */
  now(): string {
    return momentOf(clock.epoch())
  },

  /** Today's civil date in APP_TZ; asked many times a page, it changes with a minute at most. */
  today(): string {
    const minute = Math.floor(clock.epoch() / 60_000)
    if (minute !== today.minute) today = { minute, date: civilDate(clock.now()) }
    return today.date
  },

  /** Milliseconds since the epoch. */
  epoch(): number {
    return frozenAt ?? Date.now()
  },

  /** The moment `seconds` after now (negative: before). */
  in(seconds: number): string {
    return momentOf(clock.epoch() + seconds * 1000)
  },

  /** Tests: stand still at 12:00 APP_TZ of a civil date, or at a moment. */
  freeze(at: string) {
    frozenAt =
      at.length === 10 ? dayjs.tz(`${at} 12:00:00`, APP_TZ).valueOf() : dayjs.utc(at).valueOf()
  },

  /** Tests: run again. */
  release() {
    frozenAt = null
  },
}

/** Made once: making one costs twenty times what it then takes to use it. */
const wall = new Intl.DateTimeFormat('sv-SE', {
  timeZone: APP_TZ,
  dateStyle: 'short',
  timeStyle: 'short',
})

/** Turns a UTC moment into the civil date of APP_TZ. */
export function civilDate(moment: string): string {
  return civilTime(moment).slice(0, 10)
}

/** Turns a UTC moment into civil date and time of APP_TZ, to the minute. */
export function civilTime(moment: string): string {
  const iso = moment.length === 10 ? moment : `${moment.replace(' ', 'T')}Z`
  return wall.format(Date.parse(iso))
}
