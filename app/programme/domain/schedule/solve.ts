import { DayIndex } from './day_index.js'
import { buildNetwork, cyclesOf, outgoing, type Network } from './network.js'
import {
  ScheduleError,
  type ScheduleConflict,
  type ScheduleInstance,
  type ScheduleResult,
  type ScheduleTaskInput,
  type ScheduleTaskResult,
  type ScheduleWarning,
} from './types.js'

export type * from './types.js'

const NOT_BOUND = Number.POSITIVE_INFINITY

/**
 * Forward from the start (顺排工序), backward from the fixed dates (倒排工期), slack and critical
 * chain, on boundaries of the working-day index: a task is `[s, s + d)`. All conflicts at once,
 * nothing is repaired. ScheduleError for what cannot be read: an unknown id, no anchor, a bad date.
 */
export function solveSchedule(instance: ScheduleInstance): ScheduleResult {
  const { tasks } = instance
  const network = buildNetwork(tasks)
  const plan = new Plan(instance, network)
  const results: Record<string, ScheduleTaskResult> = {}
  for (let index = 0; index < tasks.length; index++) results[tasks[index].id] = plan.result(index)
  return { tasks: results, conflicts: plan.conflicts(), warnings: plan.warnings() }
}

class Plan {
  private readonly days: DayIndex
  private readonly start: number
  /** Boundary before which each task must be finished; NOT_BOUND without a fixed date. */
  private readonly deadline: Float64Array
  private readonly earliest: Float64Array
  private readonly latest: Float64Array
  /** The link that each task's earliest start rests on; −1: the start or its own date. */
  private readonly driver: Int32Array

  constructor(
    private readonly instance: ScheduleInstance,
    private readonly network: Network
  ) {
    const { tasks } = instance
    const anchor = anchorOf(instance)
    this.days = new DayIndex(instance.calendar, anchor.date)
    this.deadline = Float64Array.from(tasks, ({ fixedFinish }) =>
      fixedFinish ? this.days.endOf(fixedFinish) : NOT_BOUND
    )
    this.driver = new Int32Array(network.count).fill(-1)
    let start = this.days.startOf(anchor.date)
    this.earliest = this.forward(start)
    if (anchor.latest) {
      start += leastSlack(network, this.earliest, this.backward(this.deadline))
      this.earliest = this.forward(start)
    }
    this.start = start
    this.latest = this.closed()
  }

  private forward(start: number): Float64Array {
    const { order, firstIn, from, weight } = this.network
    const { tasks } = this.instance
    const earliest = new Float64Array(this.network.count)
    for (const index of order) {
      const { notBefore } = tasks[index]
      let at = notBefore ? Math.max(start, this.days.startOf(notBefore)) : start
      let driver = -1
      for (let link = firstIn[index]; link < firstIn[index + 1]; link++) {
        const bound = earliest[from[link]] + weight[link]
        if (bound > at) {
          at = bound
          driver = link
        }
      }
      earliest[index] = at
      this.driver[index] = driver
    }
    return earliest
  }

  /** Latest starts, from the boundaries by which tasks must be finished. */
  private backward(finishBy: Float64Array): Float64Array {
    const { count, order, ordered, duration, to, weight } = this.network
    const { first, links } = outgoing(this.network)
    const latest = new Float64Array(count)
    for (let position = order.length - 1; position >= 0; position--) {
      const index = order[position]
      let at = finishBy[index] - duration[index]
      for (let place = first[index]; place < first[index + 1]; place++) {
        const link = links[place]
        if (ordered[to[link]]) at = Math.min(at, latest[to[link]] - weight[link])
      }
      latest[index] = at
    }
    return latest
  }

  /**
   * Open ends (nothing waits for their finish) get the greatest earliest finish as their latest;
   * nothing ends after that and the last fixed date.
   */
  private closed(): Float64Array {
    const { order, ordered, duration, to, fromFinish } = this.network
    const { first, links } = outgoing(this.network)
    let greatest = Number.NEGATIVE_INFINITY
    let horizon = greatest
    for (const index of order) {
      greatest = Math.max(greatest, this.earliest[index] + duration[index])
      if (this.deadline[index] !== NOT_BOUND) horizon = Math.max(horizon, this.deadline[index])
    }
    horizon = Math.max(horizon, greatest)
    const finishBy = this.deadline.map((deadline, index) => {
      if (deadline !== NOT_BOUND) return deadline
      for (let place = first[index]; place < first[index + 1]; place++) {
        if (fromFinish[links[place]] && ordered[to[links[place]]]) return horizon
      }
      return greatest
    })
    return this.backward(finishBy)
  }

  result(index: number): ScheduleTaskResult {
    if (!this.network.ordered[index]) {
      return {
        earliestStart: null,
        earliestFinish: null,
        latestStart: null,
        latestFinish: null,
        slack: null,
        critical: false,
      }
    }
    const duration = this.network.duration[index]
    const [early, late] = [this.earliest[index], this.latest[index]]
    const slack = late - early
    return {
      earliestStart: this.firstDay(early, duration),
      earliestFinish: this.lastDay(early, duration),
      latestStart: this.firstDay(late, duration),
      latestFinish: this.lastDay(late, duration),
      slack,
      critical: slack <= 0,
    }
  }

  private firstDay(boundary: number, duration: number): string {
    return duration > 0 ? this.days.dateOf(boundary) : this.milestoneDay(boundary)
  }

  private lastDay(boundary: number, duration: number): string {
    return duration > 0 ? this.days.dateOf(boundary + duration - 1) : this.milestoneDay(boundary)
  }

  /** The working day before its boundary; at the start that day itself. */
  private milestoneDay(boundary: number): string {
    return this.days.dateOf(boundary === this.start ? boundary : boundary - 1)
  }

  conflicts(): ScheduleConflict[] {
    const conflicts: ScheduleConflict[] = []
    if (this.network.order.length < this.network.count) {
      for (const cycle of cyclesOf(this.network)) conflicts.push(this.cycle(cycle))
    }
    for (let index = 0; index < this.network.count; index++) {
      if (this.deadline[index] === NOT_BOUND) continue
      this.fixedBefore(index, conflicts)
      this.missed(index, conflicts)
    }
    return conflicts
  }

  private cycle(members: number[]): ScheduleConflict {
    const ids = members.map((index) => this.task(index).id)
    const message = `these tasks wait for each other: ${ids.join(', ')}`
    return { task: ids[0], kind: 'cycle', message, because: ids }
  }

  /** A fixed date earlier than a direct predecessor's, counted on by lag and duration. */
  private fixedBefore(index: number, conflicts: ScheduleConflict[]) {
    const { firstIn, from, weight, duration } = this.network
    for (let link = firstIn[index]; link < firstIn[index + 1]; link++) {
      const before = from[link]
      if (before === index || this.deadline[before] === NOT_BOUND) continue
      const least = this.deadline[before] - duration[before] + weight[link] + duration[index]
      if (this.deadline[index] >= least) continue
      const [task, other] = [this.task(index), this.task(before)]
      conflicts.push({
        task: task.id,
        kind: 'fixed_before_predecessor',
        message: `fixed on ${task.fixedFinish}, but ${other.id} before it on ${other.fixedFinish}`,
        because: [other.id],
      })
    }
  }

  private missed(index: number, conflicts: ScheduleConflict[]) {
    const finish = this.earliest[index] + this.network.duration[index]
    if (!this.network.ordered[index] || finish <= this.deadline[index]) return
    const task = this.task(index)
    const { earliestFinish } = this.result(index)
    conflicts.push({
      task: task.id,
      kind: 'negative_slack',
      message: `fixed on ${task.fixedFinish}, not finished before ${earliestFinish}`,
      because: this.chainTo(index),
    })
  }

  /** The tasks whose lengths and links make its earliest finish, the first one first. */
  private chainTo(index: number): string[] {
    const chain: string[] = []
    for (let link = this.driver[index]; link !== -1;) {
      const before = this.network.from[link]
      chain.unshift(this.task(before).id)
      link = this.driver[before]
    }
    return chain
  }

  warnings(): ScheduleWarning[] {
    return this.instance.tasks.flatMap(({ id, fixedFinish }) =>
      fixedFinish && this.days.isFree(fixedFinish)
        ? [
            {
              task: id,
              kind: 'fixed_on_free_day',
              message: `${fixedFinish} is a free day`,
            } as const,
          ]
        : []
    )
  }

  private task(index: number): ScheduleTaskInput {
    return this.instance.tasks[index]
  }
}

/**
 * Where the forward pass begins: the start, else the earliest not-before date, else as late as the
 * fixed dates allow (`latest`: counted on from a fixed date, then moved).
 */
function anchorOf({ start, tasks }: ScheduleInstance): { date: string; latest: boolean } {
  if (start) return { date: start, latest: false }
  const earliest = (dates: (string | null | undefined)[]) =>
    dates.filter((date): date is string => Boolean(date)).sort()[0]
  const notBefore = earliest(tasks.map((task) => task.notBefore))
  if (notBefore) return { date: notBefore, latest: false }
  const fixed = earliest(tasks.map((task) => task.fixedFinish))
  if (fixed) return { date: fixed, latest: true }
  if (tasks.length === 0) return { date: '1970-01-01', latest: false }
  throw new ScheduleError('start: needed where no task has a fixed or not-before date')
}

function leastSlack({ order }: Network, earliest: Float64Array, latest: Float64Array): number {
  let least = NOT_BOUND
  for (const index of order) least = Math.min(least, latest[index] - earliest[index])
  return least === NOT_BOUND ? 0 : least
}
