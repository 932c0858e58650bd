import { addDays, addMonths } from '#shared/dates'
import type { Transitions } from '#shared/transitions'
import {
  addWorkdays,
  lastWorkdayOfMonth,
  previousWorkday,
  type CalendarDays,
} from '#calendar/domain/working_days'

export const SOURCES = ['plan', 'resolution', 'instruction'] as const
export type SourceKind = (typeof SOURCES)[number]

export const RHYTHMS = ['weekly', 'monthly', 'quarterly'] as const
export type Rhythm = (typeof RHYTHMS)[number]

export const TASK_STATES = ['draft', 'active', 'done', 'read', 'archived', 'ended'] as const
export type TaskState = (typeof TASK_STATES)[number]
export type TaskVerb = 'assign' | 'complete' | 'read' | 'archive' | 'end'

/** 立项 → 交办 → 审结 → 阅示 → 归档; what happens between is told by the parts of the units. */
export const TASK_MOVES: Transitions<TaskState, TaskVerb> = {
  assign: { from: ['draft'], to: 'active' },
  complete: { from: ['active'], to: 'done' },
  read: { from: ['done'], to: 'read' },
  archive: { from: ['read'], to: 'archived' },
  end: { from: ['draft', 'active'], to: 'ended' },
}

export const PART_STATES = ['open', 'submitted', 'accepted', 'ended'] as const
export type PartState = (typeof PART_STATES)[number]
export type PartVerb = 'submit' | 'send_back' | 'accept' | 'end'

/** 承办 → 报结 → 审结, or sent back. */
export const PART_MOVES: Transitions<PartState, PartVerb> = {
  submit: { from: ['open'], to: 'submitted' },
  send_back: { from: ['submitted'], to: 'open' },
  accept: { from: ['submitted'], to: 'accepted' },
  end: { from: ['open', 'submitted'], to: 'ended' },
}

export const LIGHTS = ['red', 'yellow', 'green', 'checking', 'done'] as const
export type Light = (typeof LIGHTS)[number]

/** Working days before the deadline from which on the light is yellow. */
export const SOON_WORKDAYS = 5

export interface LitPart {
  state: PartState
  dueOn: string | null
  returnedAt: string | null
}

/** The last day that counts as soon. */
export function soonUntil(calendar: CalendarDays, today: string): string {
  return addWorkdays(calendar, today, SOON_WORKDAYS)
}

/** Red: overdue; yellow: sent back, or due within five working days; handed in waits for the check. */
export function lightOf(part: LitPart, today: string, soonOn: string): Light {
  if (part.state === 'accepted' || part.state === 'ended') return 'done'
  if (part.state === 'submitted') return 'checking'
  if (part.dueOn !== null && part.dueOn < today) return 'red'
  if (part.returnedAt !== null || (part.dueOn !== null && part.dueOn <= soonOn)) return 'yellow'
  return 'green'
}

/** The last working day of the week, month or quarter that ends on or after a day. */
export function periodEnd(calendar: CalendarDays, rhythm: Rhythm, day: string): string {
  const ends = (from: string) => {
    if (rhythm === 'weekly') {
      const weekday = (new Date(`${from}T00:00:00Z`).getUTCDay() + 6) % 7
      return previousWorkday(calendar, addDays(from, 7 - weekday))
    }
    const month = Number(from.slice(5, 7))
    const last = rhythm === 'monthly' ? month : Math.ceil(month / 3) * 3
    return lastWorkdayOfMonth(calendar, `${from.slice(0, 4)}-${String(last).padStart(2, '0')}`)
  }
  // Behind the last working day of a period the next one counts; a week of holidays has none.
  const steps = { weekly: 7, monthly: 31, quarterly: 92 }
  for (let at = day; ; at = nextPeriod(at, rhythm, steps[rhythm])) {
    const end = ends(at)
    if (end >= day) return end
  }
}

function nextPeriod(day: string, rhythm: Rhythm, step: number): string {
  if (rhythm === 'weekly') return addDays(day, step)
  return addMonths(`${day.slice(0, 7)}-01`, rhythm === 'monthly' ? 1 : 3)
}

/** When the next report of a standing task is due, once the one due on `dueOn` was given today. */
export function nextReportOn(
  calendar: CalendarDays,
  rhythm: Rhythm,
  dueOn: string | null,
  today: string
): string {
  const answered = dueOn !== null && dueOn > today ? dueOn : today
  return periodEnd(calendar, rhythm, addDays(answered, 1))
}
