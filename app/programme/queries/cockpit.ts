import db from '@adonisjs/lucid/services/db'
import { workdaysBetween } from '#calendar/domain/working_days'
import type { Actor } from '#shared/actor'
import { addDays } from '#shared/dates'
import type { Light, LightReason } from '../domain/lights.js'
import { slipBetween } from '../domain/slips.js'
import { conflictEnds } from './conflicts.js'
import { outlook, visibleRows, type Outlook } from './forecast.js'

export interface NextFixedDate {
  itemId: number
  number: string
  name: string
  fixedOn: string
  /** Negative when it has passed. */
  daysLeft: number
  workdaysLeft: number
  light: Light
}

export interface MilestoneLight {
  itemId: number
  number: string
  name: string
  fixedOn: string | null
  finish: string | null
  slack: number | null
  light: Light
  reason: LightReason
}

/** A milestone with the days of what leads to it. */
export interface PhaseSpan {
  itemId: number
  label: string
  /** Of its first item; null without any. */
  start: string | null
  finish: string | null
  fixedOn: string | null
  light: Light
  critical: boolean
}

export interface RecentSlip {
  itemId: number
  number: string
  name: string
  before: string
  after: string
  /** Working days; negative is earlier. */
  days: number
}

export interface ProgrammeCockpit {
  next: NextFixedDate | null
  milestones: MilestoneLight[]
  phases: PhaseSpan[]
  slips: RecentSlip[]
  /** The day whose forecast the slips are counted from; null before there is one. */
  slipsSince: string | null
  /** Contradictions that wait for a decision. */
  conflicts: { fromId: number; toId: number; title: string; url: string }[]
}

/** What the first page of the leadership shows of the programme; null without a plan. */
export async function programmeCockpit(actor: Actor): Promise<ProgrammeCockpit | null> {
  if (!actor.may('programme.view')) return null
  const view = await outlook()
  if (!view) return null
  const rows = visibleRows(actor, view.rows)
  const { since, slips } = await slipsSinceLastWeek(view, new Set(rows.map(({ id }) => id)))
  return {
    next: nextFixedDate(view, rows),
    milestones: rows
      .filter(({ kind }) => kind === 'milestone')
      .map(({ id, number, name, fixedOn, forecast }) => ({
        itemId: id,
        number,
        name,
        fixedOn,
        finish: forecast.finish,
        slack: forecast.slack,
        light: forecast.light,
        reason: forecast.reason,
      })),
    phases: phaseSpans(rows),
    slips,
    slipsSince: since,
    conflicts: actor.may('programme.decide')
      ? conflictEnds(view).map(({ from, to }) => ({
          fromId: from.id,
          toId: to.id,
          title: `${from.name} → ${to.name}`,
          url: `/programme/conflicts/${from.id}/${to.id}`,
        }))
      : [],
  }
}

function phaseSpans(rows: Outlook['rows']): PhaseSpan[] {
  const starts = new Map<number, string>()
  for (const { phaseId, forecast } of rows) {
    if (phaseId === null || !forecast.start) continue
    const known = starts.get(phaseId)
    if (!known || forecast.start < known) starts.set(phaseId, forecast.start)
  }
  return rows
    .filter(({ kind }) => kind === 'milestone')
    .map(({ id, number, name, fixedOn, forecast }) => ({
      itemId: id,
      label: `${number} ${name}`,
      start: starts.get(id) ?? null,
      fixedOn,
      finish: forecast.finish,
      light: forecast.light,
      critical: forecast.critical,
    }))
}

/** The next fixed date to keep, else the first one that was missed; one in dispute is none. */
export function nextFixedDate(view: Outlook, rows: Outlook['rows']): NextFixedDate | null {
  const open = rows
    .filter(({ fixedOn, finishedOn, forecast }) => {
      return fixedOn && !finishedOn && forecast.reason !== 'disputed'
    })
    .sort((one, other) => one.fixedOn!.localeCompare(other.fixedOn!))
  const next = open.find(({ fixedOn }) => fixedOn! >= view.today) ?? open.at(0)
  if (!next) return null
  const fixedOn = next.fixedOn!
  return {
    itemId: next.id,
    number: next.number,
    name: next.name,
    fixedOn,
    daysLeft: Math.round((Date.parse(fixedOn) - Date.parse(view.today)) / 86_400_000),
    workdaysLeft: workdaysBetween(view.calendar, addDays(view.today, 1), addDays(fixedOn, 1)),
    light: next.forecast.light,
  }
}

const WEEK = 7

/** Against what was kept a week ago, or the latest day before. */
export async function slipsSinceLastWeek(view: Outlook, visible: ReadonlySet<number>) {
  const kept = await db
    .from('forecast_days')
    .where('day', '<=', addDays(view.today, -WEEK))
    .max('day as day')
    .first()
  const since: string | null = kept?.day ?? null
  if (!since) return { since, slips: [] }
  const rows = await db.from('forecast_days').where('day', since).select('item_id', 'finish')
  const before = new Map<number, string | null>(
    rows.map((row) => [Number(row.item_id), row.finish])
  )
  // what depends on each other slips from the same day to the same day
  const known = new Map<string, number>()
  const daysOf = (from: string | null | undefined, to: string | null) => {
    const key = `${from} ${to}`
    const days = known.get(key) ?? slipBetween(view.calendar, from, to) ?? 0
    known.set(key, days)
    return days
  }
  const slips = view.rows
    .filter(({ id, forecast }) => visible.has(id) && before.get(id) !== forecast.finish)
    .map(({ id, number, name, forecast }) => ({
      itemId: id,
      number,
      name,
      before: before.get(id),
      after: forecast.finish,
      days: daysOf(before.get(id), forecast.finish),
    }))
    .filter(({ days }) => days !== 0)
    .sort((one, other) => other.days - one.days)
  return { since, slips: slips as RecentSlip[] }
}
