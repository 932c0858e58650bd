import { calendarDays } from '#calendar/domain/working_days'
import type { Plan, PlanItem, PlanLink } from '#programme/domain/plan'

/** The official days of 2022 that the cases need. */
export const CALENDAR = calendarDays([
  { day: '2022-01-03', kind: 'holiday' },
  ...['2022-01-31', '2022-02-01', '2022-02-02', '2022-02-03', '2022-02-04'].map((day) => ({
    day,
    kind: 'holiday' as const,
  })),
  { day: '2022-01-29', kind: 'workday' },
  { day: '2022-01-30', kind: 'workday' },
])

export const item = (id: number, values: Partial<PlanItem> = {}): PlanItem => ({
  id,
  kind: 'work',
  duration: 5,
  notBefore: null,
  fixedOn: null,
  fixedMonth: null,
  startedOn: null,
  finishedOn: null,
  remainingDays: null,
  remainingAsOf: null,
  ...values,
})
export const milestone = (
  id: number,
  fixedOn: string | null = null,
  fixedMonth: string | null = null
) => item(id, { kind: 'milestone', duration: 0, fixedOn, fixedMonth })
export const link = (
  fromId: number,
  toId: number,
  type: PlanLink['type'] = 'FS',
  lag = 0
): PlanLink => ({ fromId, toId, type, lag })
export const plan = (items: PlanItem[], links: PlanLink[] = [], startsOn = '2022-01-04'): Plan => ({
  startsOn,
  yellowDays: 5,
  items,
  links,
})

/** The sheet as it is printed: its approval is dated after everything else. */
export const printedPlan = (): Plan =>
  plan(
    [
      milestone(1, '2022-12-30', '2022-12'),
      milestone(2, '2022-12-30', '2022-12'),
      milestone(3, '2022-12-30', '2022-12'),
      milestone(4, '2022-02-28', '2022-02'),
      milestone(5, '2022-03-31', '2022-03'),
      milestone(6, '2022-05-31', '2022-05'),
      milestone(7, '2022-09-30', '2022-09'),
    ],
    [link(1, 2), link(2, 3), link(1, 4), link(3, 5), link(4, 5), link(5, 6), link(6, 7)]
  )
