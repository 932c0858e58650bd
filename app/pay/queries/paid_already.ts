import type { Client } from '#decisions/queries/client'
import type { ComputeContext } from './compute_context.js'

/** People whom an earlier run has paid for the same month or period. */
export async function paidAlready(
  { run }: Pick<ComputeContext, 'run'>,
  client: Client
): Promise<Set<number>> {
  const rows =
    run.kind === 'monthly'
      ? await client
          .from('pay_months')
          .whereNot('run_id', run.id)
          .where('month', run.monthTo)
          .select('person_id')
      : await client
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
