import type { Client } from '#decisions/queries/client'
import { monthsTaken } from '../domain/runs.js'
import type { ComputeContext } from './compute_context.js'
import type { RunRow } from './runs.js'

export interface PaidAlready {
  /** By an earlier run of the same period. */
  done: Set<number>
  /** By a run of another unit or of a period that shares a month: person → its number. */
  elsewhere: Map<number, string>
}

/** People whose months another run of the kind has taken, or whom an earlier one of a year paid. */
export async function paidAlready(
  { run }: Pick<ComputeContext, 'run'>,
  client: Client
): Promise<PaidAlready> {
  if (run.kind === 'year_end') return { done: await paidBonus(run, client), elsewhere: new Map() }
  const rows = await client
    .from('pay_months as m')
    .join('pay_runs as r', 'r.id', 'm.run_id')
    .where('m.kind', run.kind)
    .whereIn('m.month', monthsTaken(run))
    .whereNot('m.run_id', run.id)
    .select('m.person_id', 'r.number', 'r.unit_id', 'r.month_from', 'r.month_to')
  const result: PaidAlready = { done: new Set(), elsewhere: new Map() }
  for (const row of rows) {
    const personId = Number(row.person_id)
    const samePeriod =
      Number(row.unit_id) === run.unitId &&
      row.month_from === run.monthFrom &&
      row.month_to === run.monthTo
    if (samePeriod) result.done.add(personId)
    else result.elsewhere.set(personId, row.number)
  }
  return result
}

async function paidBonus(run: RunRow, client: Client): Promise<Set<number>> {
  const rows = await client
    .from('pay_slips as s')
    .join('pay_runs as r', (join) =>
      join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
    )
    .where({ 'r.kind': run.kind, 'r.unit_id': run.unitId, 'r.month_from': run.monthFrom })
    .where({ 'r.month_to': run.monthTo, 's.state': 'computed' })
    .where('r.sequence', '<', run.sequence)
    .whereNot('r.state', 'cancelled')
    .select('s.person_id')
  return new Set(rows.map((row) => Number(row.person_id)))
}
