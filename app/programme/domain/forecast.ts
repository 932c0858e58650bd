import {
  addWorkdays,
  workdayFrom,
  workdaysBetween,
  type CalendarDays,
} from '#calendar/domain/working_days'
import { addDays } from '#shared/dates'
import { lightOf, type Light, type LightReason } from './lights.js'
import type { Plan, PlanItem, PlanLink } from './plan.js'
import { solveSchedule, type ScheduleConflict, type ScheduleTaskInput } from './schedule/solve.js'

/** When an item is expected, as things stand. Civil dates; null where nothing can be computed. */
export interface ItemForecast {
  start: string | null
  finish: string | null
  latestStart: string | null
  latestFinish: string | null
  /** Working days; null without a fixed date that it or what follows must keep. */
  slack: number | null
  critical: boolean
  light: Light
  reason: LightReason
}

export interface Forecast {
  items: Map<number, ItemForecast>
  /** Cycles and dates that cannot be met, with the ids of their causes. */
  conflicts: { itemId: number; kind: ScheduleConflict['kind']; because: number[] }[]
}

/**
 * The plan computed on from what has happened: finished items stand, begun ones need what is left
 * of them, the others begin today at the earliest. Fixed dates in dispute are left out of it.
 */
export function forecastPlan(
  plan: Plan,
  calendar: CalendarDays,
  today: string,
  disputed: ReadonlySet<number>
): Forecast {
  const tasks = new Tasks(plan, calendar, today, disputed).all()
  const { tasks: dates, conflicts } = solveSchedule({
    calendar: engineCalendar(calendar),
    start: firstDay(plan, today),
    tasks,
  })
  const bound = boundTasks(tasks)
  const items = plan.items.map((item) => {
    const computed = dates[String(item.id)]
    const facts = { ...item, disputed: disputed.has(item.id), bound: bound.has(String(item.id)) }
    return [item.id, itemForecast(facts, computed, plan.yellowDays, today)] as const
  })
  return {
    items: new Map(items),
    conflicts: conflicts.map(({ task, kind, because }) => ({
      itemId: Number(task),
      kind,
      because: because.map(Number),
    })),
  }
}

/** The calendar as the engine wants it. */
export function engineCalendar({ holidays, workdays }: CalendarDays) {
  return { holidays: [...holidays], workdays: [...workdays] }
}

function firstDay({ startsOn, items }: Plan, today: string): string {
  const dates = items.flatMap(({ startedOn, finishedOn }) => [startedOn, finishedOn])
  return [startsOn, today, ...dates].filter((date) => date !== null).sort()[0]
}

/** What the engine is asked: one task an item, actual dates in place of planned ones. */
class Tasks {
  private readonly byId: Map<number, PlanItem>
  private readonly linksTo = new Map<number, PlanLink[]>()
  /** First working day on which something that has not begun may begin. */
  private readonly earliest: string

  constructor(
    private readonly plan: Plan,
    private readonly calendar: CalendarDays,
    private readonly today: string,
    private readonly disputed: ReadonlySet<number>
  ) {
    this.byId = new Map(plan.items.map((item) => [item.id, item]))
    for (const link of plan.links) {
      this.linksTo.set(link.toId, [...(this.linksTo.get(link.toId) ?? []), link])
    }
    this.earliest = workdayFrom(calendar, latestOf(plan.startsOn, today))
  }

  all(): ScheduleTaskInput[] {
    return this.plan.items.map((item) => this.task(item))
  }

  private task(item: PlanItem): ScheduleTaskInput {
    const id = String(item.id)
    // A boundary after the day on which it was finished, whatever it waited for.
    if (item.finishedOn) return { id, duration: 0, notBefore: addDays(item.finishedOn, 1) }
    const duration = item.startedOn ? this.left(item) : item.duration
    const links = (this.linksTo.get(item.id) ?? []).filter(
      // What has begun waits no more to begin.
      ({ type }) => !item.startedOn || type === 'FF' || type === 'SF'
    )
    return {
      id,
      duration,
      notBefore: this.notBefore(item, duration, links),
      fixedFinish: this.disputed.has(item.id) ? null : item.fixedOn,
      after: links
        .filter((link) => !this.restsOnActualStart(link))
        .map(({ fromId, type, lag }) => ({ id: String(fromId), type, lag })),
    }
  }

  /** Working days that are left of something begun; at least today. */
  private left({ duration, startedOn, remainingDays, remainingAsOf }: PlanItem): number {
    const [days, since] =
      remainingDays !== null && remainingAsOf
        ? [remainingDays, remainingAsOf]
        : [duration, startedOn!]
    return Math.max(1, days - Math.max(0, workdaysBetween(this.calendar, since, this.today)))
  }

  private notBefore(item: PlanItem, duration: number, links: readonly PlanLink[]): string {
    const own = item.startedOn
      ? this.earliest
      : latestOf(this.earliest, item.notBefore ? workdayFrom(this.calendar, item.notBefore) : '')
    // A milestone stands at the end of its day.
    const begin = item.kind === 'milestone' ? addDays(own, 1) : own
    const bounds = links
      .filter((link) => this.restsOnActualStart(link))
      .map(({ fromId, type, lag }) => {
        const from = this.byId.get(fromId)!
        const began = workdayFrom(this.calendar, (from.startedOn ?? from.finishedOn)!)
        return addWorkdays(this.calendar, began, type === 'SF' ? lag - duration : lag)
      })
    return latestOf(begin, ...bounds)
  }

  /** Bound to the start of something that has begun: that start is a date, no computed one. */
  private restsOnActualStart({ fromId, type }: PlanLink): boolean {
    const from = this.byId.get(fromId)
    return type.startsWith('S') && Boolean(from?.startedOn ?? from?.finishedOn)
  }
}

const latestOf = (...dates: string[]) => dates.sort().at(-1)!

/** Tasks that are fixed or that something fixed waits for. */
function boundTasks(tasks: readonly ScheduleTaskInput[]): Set<string> {
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const open = tasks.filter(({ fixedFinish }) => fixedFinish).map(({ id }) => id)
  const bound = new Set(open)
  while (open.length > 0) {
    for (const { id } of byId.get(open.pop()!)?.after ?? []) {
      if (bound.has(id)) continue
      bound.add(id)
      open.push(id)
    }
  }
  return bound
}

type Computed = ReturnType<typeof solveSchedule>['tasks'][string]

function itemForecast(
  item: PlanItem & { disputed: boolean; bound: boolean },
  computed: Computed,
  yellowDays: number,
  today: string
): ItemForecast {
  const slack = item.bound ? computed.slack : null
  const cycle = computed.earliestStart === null
  const judged = lightOf({ ...item, slack, cycle }, yellowDays, today)
  const nothing = { latestStart: null, latestFinish: null, slack: null, critical: false }
  if (item.finishedOn) {
    const start = item.startedOn ?? (item.kind === 'milestone' ? item.finishedOn : null)
    return { start, finish: item.finishedOn, ...nothing, ...judged }
  }
  if (item.disputed || cycle) return { start: item.startedOn, finish: null, ...nothing, ...judged }
  const finish = expectedFinish(item, computed)
  return {
    start: item.kind === 'milestone' ? finish : (item.startedOn ?? computed.earliestStart),
    finish,
    latestStart: item.startedOn ? null : computed.latestStart,
    latestFinish: computed.latestFinish,
    slack,
    critical: item.bound && computed.critical,
    ...judged,
  }
}

/** A milestone is held on its fixed date when everything before it is done by then. */
function expectedFinish(item: PlanItem, { earliestFinish }: Computed): string {
  const held = item.kind === 'milestone' ? item.fixedOn : null
  return held && held > earliestFinish! ? held : earliestFinish!
}
