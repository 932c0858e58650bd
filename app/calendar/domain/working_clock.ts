import { addDays } from '#shared/dates'
import { isWorkday, nextWorkday, type CalendarDays } from './working_days.js'
import { momentOf, wallTime, type WallTime } from './zone.js'

/** A stretch of working time on the wall clock, `HH:mm` to `HH:mm`. */
export interface WorkingHours {
  from: string
  to: string
}

export interface WorkingClock {
  calendar: CalendarDays
  hours: readonly WorkingHours[]
  timeZone: string
}

/** The default of supervision clocks; an administrator may set others. */
export const DEFAULT_WORKING_HOURS: readonly WorkingHours[] = [
  { from: '09:00', to: '12:00' },
  { from: '14:00', to: '18:00' },
]

const MINUTE = 60_000

interface Stretch {
  from: number
  to: number
}

/**
 * The moment at which `minutes` of working time after `moment` are used up. Outside working
 * hours the clock stands still, so a start in the evening begins to count next morning; time that
 * ends with a stretch ends there (18:00), not at the start of the following one. 0 gives `moment`.
 */
export function addWorkingMinutes(clock: WorkingClock, moment: string, minutes: number): string {
  if (!Number.isInteger(minutes) || minutes < 0) throw new RangeError(`Not minutes: ${minutes}`)
  if (minutes === 0) return moment
  const stretches = stretchesOf(clock.hours)
  let left = minutes * MINUTE
  let at: WallTime = wallTime(moment, clock.timeZone)
  if (!isWorkday(clock.calendar, at.day)) at = { day: nextWorkday(clock.calendar, at.day), ms: 0 }
  for (;;) {
    for (const { from, to } of stretches) {
      const start = Math.max(from, at.ms)
      if (start >= to) continue
      if (left <= to - start) return momentOf({ day: at.day, ms: start + left }, clock.timeZone)
      left -= to - start
    }
    at = { day: nextWorkday(clock.calendar, at.day), ms: 0 }
  }
}

/**
 * Whole working minutes between two moments, rounded towards zero; negative when `to` is earlier.
 */
export function workingMinutesBetween(clock: WorkingClock, from: string, to: string): number {
  if (to < from) return -workingMinutesBetween(clock, to, from)
  const stretches = stretchesOf(clock.hours)
  const start = wallTime(from, clock.timeZone)
  const end = wallTime(to, clock.timeZone)
  let total = 0
  for (let day = start.day; day <= end.day; day = addDays(day, 1)) {
    if (!isWorkday(clock.calendar, day)) continue
    const after = day === start.day ? start.ms : 0
    const before = day === end.day ? end.ms : Number.POSITIVE_INFINITY
    for (const stretch of stretches) {
      total += Math.max(0, Math.min(stretch.to, before) - Math.max(stretch.from, after))
    }
  }
  return Math.floor(total / MINUTE)
}

/** Reads and checks the hours: well formed, none empty, ascending, none overlapping. */
function stretchesOf(hours: readonly WorkingHours[]): Stretch[] {
  const stretches = hours.map(({ from, to }) => ({ from: wallMs(from), to: wallMs(to) }))
  let last = 0
  for (const { from, to } of stretches) {
    if (from < last || to <= from) throw new RangeError('Working hours overlap or are empty')
    last = to
  }
  if (stretches.length === 0) throw new RangeError('No working hours')
  return stretches
}

function wallMs(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (!match) throw new RangeError(`Not a time of day: ${text}`)
  return (Number(match[1]) * 60 + Number(match[2])) * MINUTE
}
