import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { toInt } from '#shared/database'

export interface FlowRow {
  fromUnitId: number
  fromCode: string
  fromName: string
  toUnitId: number
  toCode: string
  toName: string
  people: number
  seats: number
}

export interface FlowFilter {
  /** Civil dates of the effective date, both ends included; null: open. */
  from: string | null
  to: string | null
  /** `executed` alone, or what is under way as well. */
  planned: boolean
}

/** People and seats that moved between units, within what the actor may see. */
export async function flowBetweenUnits(actor: Actor, filter: FlowFilter): Promise<FlowRow[]> {
  const units = actor.unitsFor('transfers.view')
  const states = filter.planned ? ['executed', 'submitted', 'approved', 'scheduled'] : ['executed']
  const query = db
    .from('transfer_lines as l')
    .join('transfer_batches as b', 'b.id', 'l.batch_id')
    .join('units as f', 'f.id', 'l.from_unit_id')
    .join('units as t', 't.id', 'l.to_unit_id')
    .whereIn('b.state', states)
    .groupBy('f.id', 'f.code', 'f.name', 't.id', 't.code', 't.name', 'l.kind')
    .orderBy('f.id')
    .orderBy('t.id')
    .select('f.id as from_id', 'f.code as from_code', 'f.name as from_name')
    .select('t.id as to_id', 't.code as to_code', 't.name as to_name', 'l.kind')
    .sum('l.quantity as quantity')
  if (filter.from) query.where('b.effective_on', '>=', filter.from)
  if (filter.to) query.where('b.effective_on', '<=', filter.to)
  if (units !== 'all') {
    query.where((side) => side.whereIn('f.id', units).orWhereIn('t.id', units))
  }
  const flows = new Map<string, FlowRow>()
  for (const row of await query) {
    const key = `${row.from_id}/${row.to_id}`
    const flow = flows.get(key) ?? {
      fromUnitId: Number(row.from_id),
      fromCode: row.from_code,
      fromName: row.from_name,
      toUnitId: Number(row.to_id),
      toCode: row.to_code,
      toName: row.to_name,
      people: 0,
      seats: 0,
    }
    if (row.kind !== 'quota_only') flow.people += toInt(row.quantity)
    if (row.kind !== 'person_without_quota') flow.seats += toInt(row.quantity)
    flows.set(key, flow)
  }
  return [...flows.values()]
}
