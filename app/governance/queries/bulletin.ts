import db from '@adonisjs/lucid/services/db'
import { APP_TZ, civilDate } from '#shared/clock'
import { withinUnits } from '#shared/lists/reach'
import { endOfDay } from '../domain/supervision.js'
import type { Light } from '../domain/tasks.js'
import { addDays } from '#shared/dates'
import { owedParts, withLights, type LitPartRow } from './parts.js'

export interface BulletinUnit {
  unitId: number
  unitName: string
  /** Open now, by light. */
  open: number
  overdue: number
  checking: number
  /** In the period: accepted, of them handed in by the deadline. */
  finished: number
  inTime: number
  reports: number
  yellow: number
  red: number
}

export interface BulletinCard {
  unitName: string
  orderId: number
  orderNumber: string
  taskTitle: string
  deadlineOn: string
  card: 'yellow' | 'red'
  givenOn: string
  lifted: boolean
}

export interface Bulletin {
  from: string
  to: string
  units: BulletinUnit[]
  overdue: LitPartRow[]
  cards: BulletinCard[]
}

/** The figures of a bulletin over whole civil days, both ends counted. */
export async function bulletinOf(
  units: 'all' | number[],
  { from, to }: { from: string; to: string }
): Promise<Bulletin> {
  const start = endOfDay(addDays(from, -1), APP_TZ)
  const end = endOfDay(to, APP_TZ)
  const open = await withLights(await owedParts({ units }))
  const rows = new Map<number, BulletinUnit>()
  const rowOf = (unitId: number, unitName: string) => {
    const known = rows.get(unitId)
    if (known) return known
    const row = { unitId, unitName, open: 0, overdue: 0, checking: 0, ...NOTHING }
    rows.set(unitId, row)
    return row
  }
  for (const part of open) {
    const row = rowOf(part.unitId, part.unitName)
    row.open++
    if (part.light === 'red') row.overdue++
    if (part.light === 'checking') row.checking++
  }
  for (const part of await acceptedBetween(units, start, end)) {
    const row = rowOf(Number(part.unit_id), part.unit_name)
    row.finished++
    if (!part.due_on || civilDate(part.submitted_at) <= part.due_on) row.inTime++
  }
  for (const report of await reportsBetween(units, start, end)) {
    rowOf(Number(report.unit_id), report.unit_name).reports += Number(report.total)
  }
  const cards = await cardsBetween(units, start, end)
  for (const card of cards) {
    if (!card.lifted) rowOf(card.unitId, card.unitName)[card.card]++
  }
  const worst = (a: BulletinUnit, b: BulletinUnit) =>
    b.red - a.red || b.yellow - a.yellow || b.overdue - a.overdue || a.unitId - b.unitId
  return {
    from,
    to,
    units: [...rows.values()].sort(worst),
    cards,
    overdue: open.filter(({ light }: { light: Light }) => light === 'red'),
  }
}

const NOTHING = { finished: 0, inTime: 0, reports: 0, yellow: 0, red: 0 }

function within(query: any, units: 'all' | number[], column: string, start: string, end: string) {
  query.where(column, '>=', start).where(column, '<', end)
  return withinUnits(query, 'task_parts.unit_id', units)
}

function acceptedBetween(units: 'all' | number[], start: string, end: string): Promise<any[]> {
  const query = db
    .from('task_parts')
    .join('units', 'units.id', 'task_parts.unit_id')
    .where('task_parts.state', 'accepted')
    .orderBy('task_parts.id')
    .select('task_parts.unit_id', 'task_parts.due_on', 'task_parts.submitted_at')
    .select('units.name as unit_name')
  return within(query, units, 'task_parts.accepted_at', start, end)
}

function reportsBetween(units: 'all' | number[], start: string, end: string): Promise<any[]> {
  const query = db
    .from('task_reports')
    .join('task_parts', 'task_parts.id', 'task_reports.part_id')
    .join('units', 'units.id', 'task_parts.unit_id')
    .whereNot('task_reports.kind', 'comment')
    .groupBy('task_parts.unit_id', 'units.name')
    .select('task_parts.unit_id', 'units.name as unit_name')
    .count('* as total')
  return within(query, units, 'task_reports.reported_at', start, end)
}

async function cardsBetween(units: 'all' | number[], start: string, end: string) {
  const query = db
    .from('supervision_steps')
    .join('supervision_orders', 'supervision_orders.id', 'supervision_steps.order_id')
    .join('task_parts', 'task_parts.id', 'supervision_orders.part_id')
    .join('tasks', 'tasks.id', 'task_parts.task_id')
    .join('units', 'units.id', 'task_parts.unit_id')
    .whereNotNull('supervision_steps.card')
    .orderBy('supervision_steps.due_at')
    .select('supervision_steps.*', 'supervision_orders.number', 'supervision_orders.deadline_on')
    .select('tasks.title', 'units.id as unit_id', 'units.name as unit_name')
  const rows: any[] = await within(query, units, 'supervision_steps.due_at', start, end)
  return rows.map((row) => ({
    unitId: Number(row.unit_id),
    unitName: row.unit_name as string,
    orderId: Number(row.order_id),
    orderNumber: row.number as string,
    taskTitle: row.title as string,
    deadlineOn: row.deadline_on as string,
    card: row.card as 'yellow' | 'red',
    givenOn: civilDate(row.due_at),
    lifted: row.lifted_at !== null,
  }))
}
