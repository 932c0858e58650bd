import { addDays } from '#shared/dates'
import type { CycleKind, Outlook } from './codes.js'

/** A main assignment of a person. */
export interface Service {
  from: string
  /** Half-open; null: still there. */
  to: string | null
  unitId: number
  unitName: string
  employmentType: string
  /** Day of the roster that it is known from; null: known since it began. */
  roster?: string | null
}

export interface Leave {
  type: 'maternity' | 'sick' | 'study' | 'personal'
  from: string
  to: string | null
}

/** Something particular about a person's review, in the words of the rules. */
export interface ReviewCase {
  code:
    | 'leader'
    | 'joined'
    | 'left'
    | 'moved'
    | 'short_service'
    | 'maternity'
    | 'long_leave'
    | 'leave_over_half'
    | 'from_roster'
  params: Record<string, string | number>
}

export interface Standing {
  outlook: Outlook
  /** Counts in the base of 优秀: establishment and contract staff each with their own. */
  inBase: boolean
  cases: ReviewCase[]
}

/** Half of a year: the line the rules draw (art. 37, 41). */
const HALF_YEAR_DAYS = 183

/**
 * How the review of one person goes. Leaders are reviewed by the supervising body and are in no
 * base (art. 2). Who left is not graded. In a year's cycle, less than half a year of service gets a
 * comment only, months anywhere counting together, in units of another review too (art. 37), and sick or
 * personal leave above half a year leaves the rating undetermined; maternity leave is graded as
 * usual (art. 41). In a month or quarter the same is shown and everybody is graded.
 */
export function standingOf(
  kind: CycleKind,
  period: { from: string; to: string },
  services: readonly Service[],
  leaves: readonly Leave[],
  leader: boolean,
  elsewhere: readonly Service[] = []
): Standing {
  const inside = within(services, period)
  const anywhere = within([...elsewhere, ...services], period)
  const last = inside.at(-1)!
  const left = last.to !== null && last.to < period.to
  const served = totalDays(anywhere, period)
  const away = totalDays(
    leaves.filter(({ type }) => type === 'sick' || type === 'personal'),
    period
  )
  const annual = kind === 'year'
  const short = annual && served < HALF_YEAR_DAYS
  const absent = annual && away > HALF_YEAR_DAYS
  const cases = [
    ...(leader ? [{ code: 'leader' as const, params: {} }] : []),
    ...movesOf(anywhere, period),
    ...(left ? [{ code: 'left' as const, params: { date: last.to! } }] : []),
    ...(short ? [{ code: 'short_service' as const, params: { days: served } }] : []),
    ...leavesOf(leaves, period),
    ...(absent ? [{ code: 'leave_over_half' as const, params: { days: away } }] : []),
    ...rosterOf(inside, period),
  ]
  return { ...standingBy(cases), cases }
}

/** What the cases of a person come to: whoever is a leader or has left is in no base. */
export function standingBy(cases: readonly ReviewCase[]): Omit<Standing, 'cases'> {
  const has = (code: ReviewCase['code']) => cases.some((one) => one.code === code)
  const outlook: Outlook = has('leader')
    ? 'leader'
    : has('left')
      ? 'left'
      : has('leave_over_half')
        ? 'undetermined'
        : has('short_service')
          ? 'comment_only'
          : 'graded'
  return { outlook, inBase: !has('leader') && !has('left') }
}

function within(services: readonly Service[], period: { from: string; to: string }): Service[] {
  return services
    .filter(({ from, to }) => from < period.to && (to === null || to > period.from))
    .sort((a, b) => (a.from < b.from ? -1 : 1))
}

function movesOf(inside: readonly Service[], period: { from: string; to: string }): ReviewCase[] {
  const cases: ReviewCase[] = []
  const [first] = inside
  if (first.from > period.from) cases.push({ code: 'joined', params: { date: first.from } })
  for (const [index, service] of inside.entries()) {
    const before = inside[index - 1]
    if (before && before.unitId !== service.unitId) {
      const params = { date: service.from, from: before.unitName, to: service.unitName }
      cases.push({ code: 'moved', params })
    }
  }
  return cases
}

/** A roster made after the period tells of it only by what is taken for granted: said, not hidden. */
function rosterOf(inside: readonly Service[], period: { to: string }): ReviewCase[] {
  return inside.flatMap(({ roster }) =>
    roster && roster >= period.to
      ? [{ code: 'from_roster' as const, params: { date: roster } }]
      : []
  )
}

function leavesOf(leaves: readonly Leave[], period: { from: string; to: string }): ReviewCase[] {
  return leaves
    .filter((leave) => daysIn(leave, period) > 0)
    .map((leave) => ({
      code: leave.type === 'maternity' ? 'maternity' : 'long_leave',
      params: { type: leave.type, from: leave.from, days: daysIn(leave, period) },
    }))
}

function totalDays(
  spans: readonly { from: string; to: string | null }[],
  period: { from: string; to: string }
): number {
  return spans.reduce((sum, span) => sum + daysIn(span, period), 0)
}

function daysIn(span: { from: string; to: string | null }, period: { from: string; to: string }) {
  const from = span.from > period.from ? span.from : period.from
  const to = span.to !== null && span.to < period.to ? span.to : period.to
  return from < to ? Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) : 0
}

/** 优秀 at most this many: a share of the base, rounded down (art. 15). */
export function excellentCap(base: number, rate: number): number {
  return Math.floor((base * rate) / 10_000)
}

/** The last day of a half-open period, as people write it. */
export function lastDayOf(period: { to: string }): string {
  return addDays(period.to, -1)
}
