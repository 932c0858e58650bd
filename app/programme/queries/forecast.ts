import db from '@adonisjs/lucid/services/db'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { CalendarDays } from '#calendar/domain/working_days'
import type { Client } from '#decisions/queries/client'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import { readOnce } from '#shared/shared_reads'
import { dateConflicts, disputedItems, type DateConflict } from '../domain/conflicts.js'
import { forecastPlan, type Forecast, type ItemForecast } from '../domain/forecast.js'
import { findPlan, type ItemRow, type PlanOnRecord } from './plan.js'

/** An item with when it is expected. */
export type ForecastRow = ItemRow & { forecast: ItemForecast }

export interface Outlook {
  plan: PlanOnRecord
  calendar: CalendarDays
  today: string
  conflicts: DateConflict[]
  forecast: Forecast
  rows: ForecastRow[]
}

/** The plan and how it stands today; null before there is a plan. */
export async function outlook(client: Client = db): Promise<Outlook | null> {
  return client === db ? readOnce('programme.outlook', () => outlookFrom(db)) : outlookFrom(client)
}

async function outlookFrom(client: Client): Promise<Outlook | null> {
  const plan = await findPlan(client)
  if (!plan) return null
  const calendar = await loadCalendar()
  const today = clock.today()
  const { items, links, ...rest } = plan
  // values alone, in the order in which each was made: with their names it takes four times as long
  const values = [...items, ...links].map((one) => Object.values(one))
  const key = JSON.stringify([
    rest,
    values,
    [...calendar.holidays, '', ...calendar.workdays],
    today,
  ])
  if (last?.key !== key) last = { key, view: outlookOf(plan, calendar, today) }
  return last.view
}

/** The last one computed, by everything that went in: the parts of a page ask for the same. */
let last: { key: string; view: Outlook } | null = null

/** The same of a plan that need not be the one on record. */
export function outlookOf(plan: PlanOnRecord, calendar: CalendarDays, today: string): Outlook {
  const conflicts = dateConflicts(plan, calendar)
  const forecast = forecastPlan(plan, calendar, today, disputedItems(conflicts))
  const rows = plan.items.map((item) => ({ ...item, forecast: forecast.items.get(item.id)! }))
  return { plan, calendar, today, conflicts, forecast, rows }
}

/** Units of an item: a grant that reaches one of them reaches the item. */
export function unitsOf(item: Pick<ItemRow, 'leadUnitId' | 'supportUnits'>): number[] {
  return [item.leadUnitId, ...item.supportUnits.map(({ id }) => id)]
}

/** True when the capability reaches the item through its lead or a supporting unit. */
export function mayOnItem(actor: Actor, capability: string, item: ItemRow): boolean {
  return unitsOf(item).some((unitId) => actor.may(capability, { unitId }))
}

/** The rows that the actor may see. */
export function visibleRows<Row extends ItemRow>(actor: Actor, rows: readonly Row[]): Row[] {
  return rows.filter((row) => mayOnItem(actor, 'programme.view', row))
}

/** One item of the plan as it stands, or 404. */
export function rowOf(view: Outlook | null, id: number): ForecastRow {
  const row = view?.rows.find((one) => one.id === id)
  if (!row) throw new NotFoundError('work item')
  return row
}
