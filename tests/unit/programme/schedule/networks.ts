import fc from 'fast-check'
import type { LinkType, ScheduleInstance } from '#programme/domain/schedule/solve'

export const TYPES: LinkType[] = ['FS', 'SS', 'FF', 'SF']
export const MONDAY = '2022-01-03'

export interface Options {
  types?: LinkType[]
  lags?: [number, number]
  /** Working days after the start on which a task must be finished, for some tasks. */
  fixed?: boolean
  notBefore?: boolean
  largest?: number
}

/** Networks without a cycle: a task waits only for tasks that were drawn before it. */
export function networks(options: Options = {}): fc.Arbitrary<ScheduleInstance> {
  const { types = TYPES, lags = [-3, 5], largest = 14 } = options
  const link = fc.record({
    before: fc.nat(1_000),
    type: fc.constantFrom(...types),
    lag: fc.integer({ min: lags[0], max: lags[1] }),
  })
  const task = fc.record({
    duration: fc.integer({ min: 1, max: 9 }),
    links: fc.array(link, { maxLength: 3 }),
    fixed: options.fixed ? fc.option(fc.nat(60)) : fc.constant(null),
    notBefore: options.notBefore ? fc.option(fc.nat(30)) : fc.constant(null),
  })
  return fc.array(task, { minLength: 1, maxLength: largest }).map((drawn) => ({
    start: MONDAY,
    tasks: drawn.map(({ duration, links, fixed, notBefore }, index) => ({
      id: `T${index}`,
      duration,
      after: index
        ? links.map(({ before, type, lag }) => ({ id: `T${before % index}`, type, lag }))
        : [],
      fixedFinish: fixed === null ? null : workday(fixed),
      notBefore: notBefore === null ? null : workday(notBefore),
    })),
  }))
}

const DAY = 86_400_000

/** The n-th weekday after the Monday, counted without the engine. */
export function workday(index: number): string {
  const weeks = Math.floor(index / 5)
  const days = weeks * 7 + (index - weeks * 5)
  return new Date(Date.parse(`${MONDAY}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** Its inverse. */
export function numberOf(date: string): number {
  const days = (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${MONDAY}T00:00:00Z`)) / DAY
  const weeks = Math.floor(days / 7)
  return weeks * 5 + Math.min(5, days - weeks * 7)
}
