import {
  addWorkingMinutes,
  DEFAULT_WORKING_HOURS,
  workingMinutesBetween,
  type WorkingClock,
  type WorkingHours,
} from '#calendar/domain/working_clock'
import { momentOf } from '#calendar/domain/zone'
import { addDays } from '#shared/dates'
import type { Transitions } from '#shared/transitions'

/** How the clock of a supervision order runs: dated configuration (`governance.supervision`). */
export interface ClockRules {
  /** Part of the working time between order and deadline after which the unit is reminded. */
  reminderPercent: number
  /** Working minutes after the deadline. */
  jointMinutes: number
  leadingMinutes: number
  hours: readonly WorkingHours[]
}

export const DEFAULT_RULES: ClockRules = {
  reminderPercent: 80,
  jointMinutes: 840,
  leadingMinutes: 2_100,
  hours: DEFAULT_WORKING_HOURS,
}

/** Steps of the clock by their number; the level that each speaks to has the same one. */
export const STEP_NAMES = ['reminder', 'head', 'joint', 'leading'] as const

export type Card = 'yellow' | 'red'
/** The card goes with the time that has passed, whoever was there to be told (ADR 0011). */
export const CARDS: readonly (Card | null)[] = [null, null, 'yellow', 'red']

export type OrderState = 'running' | 'closed'
export type OrderVerb = 'close'
export const ORDER_MOVES: Transitions<OrderState, OrderVerb> = {
  close: { from: ['running'], to: 'closed' },
}

export interface ClockStep {
  step: number
  dueAt: string
}

/** A deadline ends at 24:00 of its day. */
export function endOfDay(day: string, timeZone: string): string {
  return momentOf({ day: addDays(day, 1), ms: 0 }, timeZone)
}

/**
 * When each step of an order is due, to the minute of working time. Nothing but the order's own
 * dates goes in: neither what the unit reports nor who comments can move it.
 */
export function clockSteps(
  clock: WorkingClock,
  rules: ClockRules,
  order: { countedFrom: string; deadlineOn: string }
): ClockStep[] {
  const deadline = endOfDay(order.deadlineOn, clock.timeZone)
  const given = Math.max(0, workingMinutesBetween(clock, order.countedFrom, deadline))
  const reminder = Math.floor((given * rules.reminderPercent) / 100)
  return [
    addWorkingMinutes(clock, order.countedFrom, reminder),
    deadline,
    addWorkingMinutes(clock, deadline, rules.jointMinutes),
    addWorkingMinutes(clock, deadline, rules.leadingMinutes),
  ].map((dueAt, step) => ({ step, dueAt }))
}

/** A post that a step speaks to, and who holds it then. */
export interface Post {
  title: string
  seatId: number | null
  unitId: number | null
  holder: { personId: number | null; name: string } | null
}

export interface Notice extends Post {
  level: number
  vacant: boolean
}

/**
 * Who is told at a step: the posts of its level, and when none of them is held the next level's,
 * and so on; empty posts stand in the list as vacant, so that the record says who was missing.
 */
export function addressees(step: number, levels: readonly (readonly Post[])[]): Notice[] {
  const notices: Notice[] = []
  for (let level = step; level < levels.length; level++) {
    const posts = levels[level]
    notices.push(...posts.map((post) => ({ ...post, level, vacant: post.holder === null })))
    if (posts.some(({ holder }) => holder !== null)) break
  }
  return notices
}
