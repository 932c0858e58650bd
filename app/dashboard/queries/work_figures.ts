import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { toInt } from '#shared/database'

export interface Counted {
  state: string
  rows: number
}

const ENDED = ['executed', 'withdrawn']

/** Transfer batches that are under way, by state; null: not for this actor. */
export async function batchFigures(actor: Actor): Promise<Counted[] | null> {
  const query = batchesUnderWay(actor)
  if (!query) return null
  return counted(await query.groupBy('b.state').select('b.state').count('* as rows'))
}

export interface BatchUnderWay {
  id: number
  number: string
  title: string
  state: string
  effectiveOn: string
}

/** The batches that take effect next, soonest first: so many of all, or every one of a unit. */
export async function nextBatches(
  actor: Actor,
  of: { first: number } | { unitId: number }
): Promise<BatchUnderWay[]> {
  const query = batchesUnderWay(actor)
  if (!query) return []
  if ('unitId' in of) whereUnits(query, [of.unitId])
  else query.limit(of.first)
  const rows = await query
    .orderBy('b.effective_on')
    .orderBy('b.id')
    .select('b.id', 'b.number', 'b.title', 'b.state', 'b.effective_on')
  return rows.map((row) => ({
    id: Number(row.id),
    number: row.number,
    title: row.title,
    state: row.state,
    effectiveOn: row.effective_on,
  }))
}

function batchesUnderWay(actor: Actor) {
  const units = actor.unitsFor('transfers.view')
  if (units !== 'all' && units.length === 0) return null
  const query = db.from('transfer_batches as b').whereNotIn('b.state', ENDED)
  return units === 'all' ? query : whereUnits(query, units)
}

type BatchQuery = ReturnType<typeof db.from>

function whereUnits(query: BatchQuery, units: number[]): BatchQuery {
  return query.whereExists((lines) =>
    lines
      .from('transfer_lines as l')
      .whereColumn('l.batch_id', 'b.id')
      .where((side) => side.whereIn('l.from_unit_id', units).orWhereIn('l.to_unit_id', units))
  )
}

/** Missing decisions and held rows that nobody has decided yet, by state. */
export async function decisionFigures(actor: Actor): Promise<Counted[] | null> {
  if (!actor.may('decisions.view')) return null
  const rows = await db
    .from('decisions')
    .whereIn('state', ['open', 'proposed'])
    .groupBy('state')
    .select('state')
    .count('* as rows')
  return counted(rows)
}

export interface AccountFigures {
  active: number
  disabled: number
}

/** Accounts by state, for those who keep them. */
export async function accountFigures(actor: Actor): Promise<AccountFigures | null> {
  if (!actor.may('accounts.manage') && !actor.may('accounts.view')) return null
  const rows = await db.from('users').groupBy('state').select('state').count('* as rows')
  const counts = counted(rows)
  const of = (state: string) => counts.find((row) => row.state === state)?.rows ?? 0
  return { active: of('active'), disabled: of('disabled') }
}

function counted(rows: any[]): Counted[] {
  return rows.map((row) => ({ state: row.state, rows: toInt(row.rows) }))
}

/** All rows of a count. */
export function totalOf(counts: Counted[]): number {
  return counts.reduce((sum, { rows }) => sum + rows, 0)
}
